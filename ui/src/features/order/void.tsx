import { useTranslation } from 'react-i18next'
import { ReasonDialog } from '@/components/ReasonDialog'
import { releases } from './consequence'
import { useOrderStep, type VerbProps } from './step'

/** Makes an order that never took effect void. */
export function VoidOrder({ order, onClose, onDone }: VerbProps) {
  const { t } = useTranslation()
  const step = useOrderStep<{ reason: string }>(order, 'void', { onDone })
  return (
    <ReasonDialog
      title={t('order-step:title.void', { number: order.number })}
      confirm={t('order:verb.void')}
      danger
      consequences={[
        ...(order.number ? [t('order-step:consequence.void', { number: order.number })] : []),
        ...releases(t, order),
      ]}
      suggestions={[t('order-step:reason.void.duplicate'), t('order-step:reason.void.test')]}
      busy={step.isPending}
      onSubmit={reason => step.mutate({ reason })}
      onClose={onClose}
    />
  )
}

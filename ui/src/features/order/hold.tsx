import { useTranslation } from 'react-i18next'
import { ReasonDialog } from '@/components/ReasonDialog'
import { useOrderStep, type VerbProps } from './step'

/** Stops an order until a question is answered. */
export function HoldOrder({ order, onClose, onDone }: VerbProps) {
  const { t } = useTranslation()
  const step = useOrderStep<{ reason: string }>(order, 'hold', { onDone })
  return (
    <ReasonDialog
      title={t('order-step:title.hold', { number: order.number })}
      confirm={t('order:verb.hold')}
      consequences={[t('order-step:consequence.hold')]}
      suggestions={[
        t('order-step:reason.hold.customer'),
        t('order-step:reason.hold.payment'),
        t('order-step:reason.hold.goods'),
      ]}
      busy={step.isPending}
      onSubmit={reason => step.mutate({ reason })}
      onClose={onClose}
    />
  )
}

import { useTranslation } from 'react-i18next'
import { ReasonDialog } from '@/components/ReasonDialog'
import { useOrderStep, type VerbProps } from './step'

/** A supervisor takes a closed order up again. */
export function ReopenOrder({ order, onClose, onDone }: VerbProps) {
  const { t } = useTranslation()
  const step = useOrderStep<{ reason: string }>(order, 'reopen', { onDone })
  return (
    <ReasonDialog
      title={t('order-step:title.reopen', { number: order.number })}
      confirm={t('order:verb.reopen')}
      consequences={[t('order-step:consequence.reopen')]}
      busy={step.isPending}
      onSubmit={reason => step.mutate({ reason })}
      onClose={onClose}
    />
  )
}

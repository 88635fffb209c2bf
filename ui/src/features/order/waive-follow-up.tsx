import { useTranslation } from 'react-i18next'
import { ReasonDialog } from '@/components/ReasonDialog'
import { useOrderStep, type VerbProps } from './step'

/** Closes the service track without a call. */
export function WaiveFollowUp({ order, onClose, onDone }: VerbProps) {
  const { t } = useTranslation()
  const step = useOrderStep<{ reason: string }>(order, 'waive-follow-up', { onDone })
  return (
    <ReasonDialog
      title={t('order-step:title.waive-follow-up', { number: order.number })}
      confirm={t('order:verb.waive-follow-up')}
      suggestions={[t('order-step:reason.waive.agreed')]}
      busy={step.isPending}
      onSubmit={reason => step.mutate({ reason })}
      onClose={onClose}
    />
  )
}

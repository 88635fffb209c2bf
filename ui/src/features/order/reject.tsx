import { useTranslation } from 'react-i18next'
import { ReasonDialog } from '@/components/ReasonDialog'
import { releases } from './consequence'
import { useOrderStep, type VerbProps } from './step'

/** The final no of an approver. */
export function RejectOrder({ order, onClose, onDone }: VerbProps) {
  const { t } = useTranslation()
  const step = useOrderStep<{ reason: string }>(order, 'reject', { onDone })
  return (
    <ReasonDialog
      title={t('order-step:title.reject', { number: order.number })}
      confirm={t('order:verb.reject')}
      danger
      consequences={[t('order-step:consequence.rejected'), ...releases(t, order)]}
      suggestions={[t('order-step:reason.reject.credit'), t('order-step:reason.reject.margin')]}
      busy={step.isPending}
      onSubmit={reason => step.mutate({ reason })}
      onClose={onClose}
    />
  )
}

import { useTranslation } from 'react-i18next'
import { ReasonDialog } from '@/components/ReasonDialog'
import { releases } from './consequence'
import { useOrderStep, type VerbProps } from './step'

/** Back to the enterer with a reason or a question. */
export function ReturnOrder({ order, onClose, onDone }: VerbProps) {
  const { t } = useTranslation()
  const step = useOrderStep<{ reason: string }>(order, 'return', { onDone })
  return (
    <ReasonDialog
      title={t('order:title.return', { number: order.number })}
      confirm={t('order:verb.return')}
      consequences={[t('order:consequence.to_draft'), ...releases(t, order)]}
      suggestions={[t('order:reason.return.price'), t('order:reason.return.date'), t('order:reason.return.address')]}
      busy={step.isPending}
      onSubmit={reason => step.mutate({ reason })}
      onClose={onClose}
    />
  )
}

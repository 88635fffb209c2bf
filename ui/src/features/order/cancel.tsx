import { useTranslation } from 'react-i18next'
import { ReasonDialog } from '@/components/ReasonDialog'
import { freesCredit, releases } from './consequence'
import { useOrderStep, type VerbProps } from './step'

/** Cancels an effective order of which nothing is shipped, billed or paid. */
export function CancelOrder({ order, onClose, onDone }: VerbProps) {
  const { t } = useTranslation()
  const step = useOrderStep<{ reason: string }>(order, 'cancel', { onDone })
  return (
    <ReasonDialog
      title={t('order:title.cancel', { number: order.number })}
      confirm={t('order:verb.cancel')}
      danger
      consequences={[...releases(t, order), ...freesCredit(t, order)]}
      suggestions={[t('order:reason.cancel.customer')]}
      busy={step.isPending}
      onSubmit={reason => step.mutate({ reason })}
      onClose={onClose}
    />
  )
}

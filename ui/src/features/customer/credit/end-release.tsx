import { useTranslation } from 'react-i18next'
import { ReasonDialog } from '@/components/ReasonDialog'
import type { CreditRelease } from '@/lib/api/types'
import { formatMoney } from '@/lib/format'
import { usePost } from '@/lib/step'
import { useRefreshCredit } from './queries'

/** Takes back what was released before it runs out. */
export function EndRelease({ release, onClose }: { release: CreditRelease; onClose: () => void }) {
  const { t } = useTranslation()
  const refresh = useRefreshCredit()
  const step = usePost<{ reason: string }, unknown>(`/credit-releases/${release.id}/end`, {
    version: () => release.version,
    done: t('customer:credit.end.done'),
    onDone: () => {
      refresh()
      onClose()
    },
  })
  return (
    <ReasonDialog
      title={t('customer:credit.end.title', { amount: formatMoney(release.amount) })}
      confirm={t('customer:credit.end.verb')}
      consequences={[t('customer:credit.end.consequence')]}
      suggestions={[t('customer:credit.end.reason_1')]}
      danger
      busy={step.isPending}
      onSubmit={reason => step.mutate({ reason })}
      onClose={onClose}
    />
  )
}

import { useTranslation } from 'react-i18next'
import { ReasonDialog } from '@/components/ReasonDialog'
import type { Evidence } from '@/lib/api/types'
import { usePost } from '@/lib/step'
import { useRefreshEvidence } from './queries'

/** Takes a proof back; it stays on file. */
export function WithdrawEvidence({ item, onClose }: { item: Evidence; onClose: () => void }) {
  const { t } = useTranslation()
  const refresh = useRefreshEvidence()
  const step = usePost<{ reason: string }, unknown>(`/evidence/${item.id}/withdraw`, {
    version: () => item.version,
    done: t('evidence:withdraw.done'),
    onDone: () => {
      refresh()
      onClose()
    },
  })
  return (
    <ReasonDialog
      title={t('evidence:withdraw.title', { kind: item.kind_name })}
      confirm={t('evidence:withdraw.verb')}
      consequences={[t('evidence:withdraw.consequence', { what: item.proves_name })]}
      suggestions={[t('evidence:withdraw.wrong_file'), t('evidence:withdraw.outdated')]}
      danger
      busy={step.isPending}
      onSubmit={reason => step.mutate({ reason })}
      onClose={onClose}
    />
  )
}

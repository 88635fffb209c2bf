import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Override } from '@/lib/api/types'
import { formatInstant } from '@/lib/format'
import { usePost } from '@/lib/step'
import { ReasonDialog } from './ReasonDialog'

/** Takes what was owed for an override as brought; the gate itself says whether it was. */
export function BackfillDialog({ override, onClose }: { override: Override; onClose: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const bring = usePost<{ note: string }, unknown>(`/overrides/${override.id}/backfill`, {
    version: () => override.version,
    done: t('common:override.done'),
    onDone: () => {
      for (const key of ['overrides', 'orders', 'my-work', 'tasks', 'skipped-steps'])
        void client.invalidateQueries({ queryKey: [key] })
      onClose()
    },
  })
  const due = override.due_at ? [t('common:override.due', { at: formatInstant(override.due_at) })] : []
  return (
    <ReasonDialog
      title={t('common:override.backfill_title', { number: override.order_number })}
      confirm={t('common:override.backfill')}
      consequences={[override.said, ...due]}
      label={t('common:override.note')}
      busy={bring.isPending}
      onSubmit={note => bring.mutate({ note })}
      onClose={onClose}
    />
  )
}

import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { SessionInfo } from '@/lib/api/types'
import { usePost } from '@/lib/step'

/** Signs a browser out from here. */
export function RevokeSession({ session }: { session: SessionInfo }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const step = usePost<object, unknown>(`/sessions/${session.id}/revoke`, {
    done: t('session:revoked'),
    onDone: () => void client.invalidateQueries({ queryKey: ['sessions'] }),
  })
  return (
    <Button
      size="small"
      loading={step.isPending}
      aria-label={t('session:revoke_named', { name: session.user?.name ?? session.address })}
      onClick={() => step.mutate({})}
    >
      {t('session:revoke')}
    </Button>
  )
}

import { useQueryClient } from '@tanstack/react-query'
import { Button, Popconfirm } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ApiToken } from '@/lib/api/types'
import { usePost } from '@/lib/step'

/** Ends a token for good. */
export function RevokeToken({ token }: { token: ApiToken }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const step = usePost<object, unknown>(`/api-tokens/${token.id}/revoke`, {
    done: t('api-token:revoked'),
    onDone: () => void client.invalidateQueries({ queryKey: ['api-tokens'] }),
  })
  if (token.revoked) return null
  return (
    <Popconfirm
      title={t('api-token:revoke_consequence')}
      icon={null}
      okText={t('api-token:revoke')}
      okButtonProps={{ danger: true }}
      cancelText={t('common:back')}
      placement="left"
      onConfirm={() => step.mutate({})}
    >
      <Button
        type="text"
        size="small"
        danger
        loading={step.isPending}
        aria-label={t('api-token:revoke_named', { name: token.name })}
      >
        {t('api-token:revoke')}
      </Button>
    </Popconfirm>
  )
}

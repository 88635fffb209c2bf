import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '@/components/ErrorState'
import { type LineColumn, LineTable } from '@/components/LineTable'
import { PageSkeleton } from '@/components/PageSkeleton'
import { When } from '@/components/When'
import { WordTag } from '@/components/WordTag'
import { get } from '@/lib/api/client'
import type { Page, SessionInfo } from '@/lib/api/types'
import { readAgent } from './agent'
import { RevokeSession } from './revoke'

function Agent({ agent }: { agent: string }) {
  const { t } = useTranslation()
  const known = readAgent(agent)
  return <span title={agent}>{known ? t('session:on', known) : agent || t('session:unknown')}</span>
}

/** Where one is signed in, or everybody is; each can be signed out from here. */
export function Sessions({ all }: { all: boolean }) {
  const { t } = useTranslation()
  const found = useQuery({
    queryKey: ['sessions', all],
    queryFn: () => get<Page<SessionInfo>>('/sessions', { all: all || undefined }),
  })
  if (found.isError) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />
  if (!found.data) return <PageSkeleton lines={4} />
  const columns: LineColumn<SessionInfo>[] = [
    {
      id: 'agent',
      label: t('session:field.agent'),
      main: true,
      render: row => (
        <span className="row wrap">
          <Agent agent={row.agent} />
          {row.current && <WordTag>{t('session:current')}</WordTag>}
        </span>
      ),
    },
    ...(all ? [{ id: 'user', label: t('session:field.user'), render: (row: SessionInfo) => row.user?.name }] : []),
    { id: 'address', label: t('session:field.address'), render: row => row.address },
    {
      id: 'created_at',
      label: t('session:field.created_at'),
      render: row => <When instant={row.created_at} exact />,
    },
    {
      id: 'last_seen_at',
      label: t('session:field.last_seen_at'),
      render: row => <When instant={row.last_seen_at} />,
    },
    {
      id: 'actions',
      label: t('session:field.actions'),
      width: 90,
      render: row => !row.current && <RevokeSession session={row} />,
    },
  ]
  return (
    <LineTable
      label={t('session:title')}
      columns={columns}
      rows={found.data.items}
      rowKey={row => row.id}
      empty={t('session:none')}
    />
  )
}

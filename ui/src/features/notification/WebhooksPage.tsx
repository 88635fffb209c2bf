import type { TFunction } from 'i18next'
import { lazy, Suspense, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { InactiveTag } from '@/components/ActiveButton'
import { ListPage } from '@/components/list/ListPage'
import type { Column, ListSpec } from '@/components/list/spec'
import { useNewLink } from '@/components/NewLink'
import { NotifyTabs } from '@/components/NotifyTabs'
import { StateTag } from '@/components/StateTag'
import { When } from '@/components/When'
import type { Webhook } from '@/lib/api/types'
import { useUrlState } from '@/lib/url-state'
import { DeleteEndpoint } from './delete'
import { Kinds } from './kinds'
import { TestButton } from './test'

const WebhookForm = lazy(() => import('./WebhookForm').then(module => ({ default: module.WebhookForm })))

function Stopped({ row }: { row: Webhook }) {
  const { t } = useTranslation()
  if (row.stopped) return <StateTag tone="late">{t('notification:webhook.stopped')}</StateTag>
  return <InactiveTag active={row.active} />
}

function Actions({ row, t }: { row: Webhook; t: TFunction }) {
  return (
    <span className="row">
      <TestButton path={`/webhooks/${row.id}/test`} name={row.url} />
      <DeleteEndpoint
        noun="webhooks"
        row={row}
        name={row.url}
        consequence={t('notification:webhook.delete_consequence')}
        done={t('notification:webhook.deleted')}
      />
    </span>
  )
}

function columns(t: TFunction): Column<Webhook>[] {
  return [
    {
      id: 'url',
      label: 'notification:field.url',
      width: 340,
      grow: true,
      sort: 'url',
      render: row => (
        <span className="row">
          <span className="cut">{row.url}</span>
          <Stopped row={row} />
        </span>
      ),
    },
    {
      id: 'description',
      label: 'notification:field.description',
      width: 200,
      render: row => <span className="cut">{row.description || '–'}</span>,
    },
    { id: 'kinds', label: 'notification:field.kinds', width: 150, render: row => <Kinds kinds={row.kinds} /> },
    {
      id: 'created_at',
      label: 'notification:field.created_at',
      width: 120,
      sort: 'created_at',
      render: row => <When instant={row.created_at} />,
    },
    { id: 'actions', label: 'notification:field.actions', width: 130, render: row => <Actions row={row} t={t} /> },
  ]
}

/** Programs that are told of events. */
export function WebhooksPage() {
  const { t } = useTranslation()
  const [url, change] = useUrlState()
  const create = useNewLink('notification.edit', '/notify/webhooks?edit=new', 'notification:webhook.new')
  const spec = useMemo<ListSpec<Webhook>>(
    () => ({
      noun: 'webhooks',
      path: '/webhooks',
      title: 'nav:notify_settings',
      rowKey: row => row.id,
      rowHref: row => `/notify/webhooks?edit=${row.id}`,
      rowName: row => row.url,
      columns: columns(t),
      filters: [],
      defaultSort: 'created_at',
      card: row => (
        <span className="list-lines">
          <span className="row">
            <span className="strong cut grow">{row.description || row.url}</span>
            <Stopped row={row} />
          </span>
          <span className="soft cut">{row.url}</span>
        </span>
      ),
      above: <NotifyTabs />,
      extra: create,
      empty: {
        title: t('notification:webhook.empty.title'),
        text: t('notification:webhook.empty.text'),
        action: create,
      },
    }),
    [t, create],
  )
  return (
    <>
      <ListPage spec={spec} />
      {url.edit && (
        <Suspense fallback={null}>
          <WebhookForm key={url.edit} id={url.edit} onClose={() => change({ edit: null })} />
        </Suspense>
      )}
    </>
  )
}

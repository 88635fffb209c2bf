import { CheckOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import type { TFunction } from 'i18next'
import { useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { ListPage } from '@/components/list/ListPage'
import type { Column, ListSpec, View } from '@/components/list/spec'
import { When } from '@/components/When'
import { post } from '@/lib/api/client'
import type { Notification } from '@/lib/api/types'
import { usePost } from '@/lib/step'
import { useUrlState } from '@/lib/url-state'
import './notification.css'

const views: View[] = [
  { value: 'unread', label: 'notification:list.unread', query: { unread: true } },
  { value: 'all', label: 'notification:list.all', query: {} },
]

function Subject({ row }: { row: Notification }) {
  return <span className={row.read_at ? 'cut' : 'cut strong'}>{row.subject}</span>
}

function columns(t: TFunction): Column<Notification>[] {
  return [
    {
      id: 'subject',
      label: 'notification:field.subject',
      width: 420,
      grow: true,
      render: row => (
        <span className="row">
          {!row.read_at && <span className="unread-dot" role="img" aria-label={t('notification:list.unread')} />}
          <Subject row={row} />
        </span>
      ),
    },
    { id: 'number', label: 'notification:field.number', width: 150, render: row => row.number || '–' },
    {
      id: 'created_at',
      label: 'notification:field.created_at',
      width: 140,
      sort: 'created_at',
      render: row => <When instant={row.created_at} />,
    },
  ]
}

/** What this person was told; a row leads to what it is about and is read by that. */
export function NotificationsPage() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [url] = useUrlState()
  const { open, to } = url
  const readAll = usePost<object, unknown>('/notifications/read-all', {
    done: t('notification:list.read_done'),
    onDone: () => void client.invalidateQueries({ queryKey: ['notifications'] }),
  })

  useEffect(() => {
    if (!open) return
    void post(`/notifications/${open}/read`)
      .catch(() => undefined)
      .then(() => client.invalidateQueries({ queryKey: ['notifications'] }))
    // Only to a page of this product.
    const page = to?.startsWith('/') && !to.startsWith('//') ? to : '/notifications'
    void navigate(page, { replace: true })
  }, [open, to, client, navigate])

  const { mutate, isPending } = readAll
  const spec = useMemo<ListSpec<Notification>>(
    () => ({
      noun: 'notifications',
      path: '/notifications',
      title: 'nav:notifications',
      rowKey: row => row.id,
      rowHref: row => `/notifications?open=${row.id}&to=${encodeURIComponent(row.path)}`,
      rowName: row => row.subject,
      columns: columns(t),
      filters: [],
      views,
      defaultSort: '-created_at',
      card: row => (
        <span className="list-lines">
          <span className="row">
            {!row.read_at && <span className="unread-dot" role="img" aria-label={t('notification:list.unread')} />}
            <Subject row={row} />
          </span>
          <span className="soft">
            <When instant={row.created_at} />
          </span>
        </span>
      ),
      extra: (
        <Button icon={<CheckOutlined />} loading={isPending} onClick={() => mutate({})}>
          {t('notification:list.read_all')}
        </Button>
      ),
      empty: { title: t('notification:empty.title'), text: t('notification:empty.text') },
    }),
    [t, mutate, isPending],
  )
  return <ListPage spec={spec} />
}

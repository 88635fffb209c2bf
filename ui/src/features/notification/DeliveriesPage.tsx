import { RedoOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import type { TFunction } from 'i18next'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ListPage } from '@/components/list/ListPage'
import { type BatchAction, type Column, type Filter, type ListSpec, optionsOf, type View } from '@/components/list/spec'
import { StateTag } from '@/components/StateTag'
import { When } from '@/components/When'
import type { Delivery, Tone } from '@/lib/api/types'
import { useMessage } from '@/lib/message'
import { useCan } from '@/lib/session'
import { usePost } from '@/lib/step'

const TONES: Record<Delivery['state'], Tone> = {
  queued: 'going',
  sending: 'going',
  sent: 'done',
  failed: 'risk',
  dead: 'late',
}
const views: View[] = [
  { value: 'all', label: 'common:all', query: {} },
  { value: 'dead', label: 'notification:state.dead', query: { state: 'dead' } },
  { value: 'failed', label: 'notification:state.failed', query: { state: 'failed' } },
  { value: 'waiting', label: 'notification:state.queued', query: { state: 'queued,sending' } },
  { value: 'sent', label: 'notification:state.sent', query: { state: 'sent' } },
]
const filters: Filter[] = [
  {
    kind: 'choice',
    key: 'channel',
    label: 'notification:field.channel',
    options: optionsOf(['email', 'webhook', 'robot'], code => `notification:channel.${code}`),
  },
]

function State({ row }: { row: Delivery }) {
  const { t } = useTranslation()
  return <StateTag tone={TONES[row.state]}>{t(`notification:state.${row.state}`)}</StateTag>
}

function columns(t: TFunction): Column<Delivery>[] {
  return [
    {
      id: 'subject',
      label: 'notification:field.subject',
      width: 300,
      grow: true,
      render: row => <span className="cut">{row.subject}</span>,
    },
    { id: 'state', label: 'notification:field.state', width: 120, render: row => <State row={row} /> },
    {
      id: 'channel',
      label: 'notification:field.channel',
      width: 110,
      render: row => t(`notification:channel.${row.channel}`),
    },
    {
      id: 'target',
      label: 'notification:field.target',
      width: 220,
      render: row => (
        <span className="cut" title={row.target}>
          {row.recipient ? `${row.recipient} <${row.target}>` : row.target}
        </span>
      ),
    },
    {
      id: 'number',
      label: 'notification:field.number',
      width: 140,
      render: row => (row.path ? <Link to={row.path}>{row.number}</Link> : row.number || '–'),
    },
    { id: 'attempts', label: 'notification:field.attempts', width: 70, end: true, render: row => row.attempts },
    {
      id: 'last_error',
      label: 'notification:field.last_error',
      width: 240,
      render: row => (
        <span className="cut" title={row.last_error}>
          {row.last_error || '–'}
        </span>
      ),
    },
    {
      id: 'created_at',
      label: 'notification:field.created_at',
      width: 120,
      sort: 'created_at',
      render: row => <When instant={row.created_at} />,
    },
    {
      id: 'next_at',
      label: 'notification:field.next_at',
      width: 130,
      sort: 'next_at',
      optional: true,
      render: row => <When instant={row.next_at} exact />,
    },
  ]
}

/** What went out, and what of it failed; failed ones are sent again from here. */
export function DeliveriesPage() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const message = useMessage()
  const may = useCan('delivery.resend')
  const told = useCallback(
    (answer: { count: number }) => {
      void message.success(t('notification:deliveries.resent', { count: answer.count }))
      void client.invalidateQueries({ queryKey: ['deliveries'] })
    },
    [message, t, client],
  )
  const { mutate, isPending } = usePost<{ ids: string[] }, { count: number }>('/deliveries/resend', { onDone: told })
  const spec = useMemo<ListSpec<Delivery>>(() => {
    const resend: BatchAction<Delivery> = {
      id: 'resend',
      label: t('notification:deliveries.resend'),
      icon: <RedoOutlined />,
      run: (rows, done) => {
        mutate({ ids: rows.map(row => row.id) })
        done()
      },
    }
    return {
      noun: 'deliveries',
      path: '/deliveries',
      title: 'nav:deliveries',
      rowKey: row => row.id,
      rowHref: row => row.path || '/deliveries',
      rowName: row => row.subject,
      columns: columns(t),
      filters,
      views,
      defaultSort: '-created_at',
      searchKey: 'number',
      searchHint: 'notification:field.number',
      card: row => (
        <span className="list-lines">
          <span className="row">
            <span className="strong cut grow">{row.subject}</span>
            <State row={row} />
          </span>
          <span className="row soft">
            <span className="cut grow">{row.last_error || row.target}</span>
            <When instant={row.created_at} />
          </span>
        </span>
      ),
      batch: may ? [resend] : undefined,
      extra: may && (
        <Button icon={<RedoOutlined />} loading={isPending} onClick={() => mutate({ ids: [] })}>
          {t('notification:deliveries.resend_dead')}
        </Button>
      ),
      empty: { title: t('notification:deliveries.empty.title'), text: t('notification:deliveries.empty.text') },
    }
  }, [t, may, mutate, isPending])
  return <ListPage spec={spec} />
}

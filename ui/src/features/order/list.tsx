/** Columns, filters and views of the order list. */
import type { TFunction } from 'i18next'
import { ClockTag } from '@/components/Clock'
import { FiveTracks } from '@/components/FiveTracks'
import type { Column, Filter, Option, View } from '@/components/list/spec'
import { OrderStatusTag } from '@/components/OrderStatusTag'
import { When } from '@/components/When'
import {
  FINANCE_STATES,
  FULFILMENT_STATES,
  ORDER_STATUSES,
  type OrderCounts,
  type OrderRow,
  SERVICE_STATES,
  SUPPLY_STATES,
} from '@/lib/api/types'
import { daysUntil, formatAmount, formatCount, formatDate } from '@/lib/format'

const VIEWS = [
  'all',
  'mine',
  'draft',
  'to_review',
  'to_approve',
  'to_confirm',
  'awaiting_signature',
  'effective',
  'short',
  'to_ship',
  'to_deliver',
  'to_bill',
  'to_collect',
  'to_refund',
  'to_follow_up',
  'to_close',
  'held',
  'exceptions',
  'late',
  'closed',
] as const

/** The promised date; while the signed confirmation is not back, the one it has slipped to. */
function promised(row: OrderRow) {
  if (!row.slip || row.slip.days === 0) return formatDate(row.slip?.current ?? row.promised_on)
  return (
    <span className="ink-risk strong" title={`${formatDate(row.slip.original)} +${row.slip.days}`}>
      {formatDate(row.slip.current)}
    </span>
  )
}

/** The server counts these one by one, and no further than this. */
const COUNTED_TO = 1000

export function orderViews(counts: OrderCounts | undefined): View[] {
  return VIEWS.map(value => {
    const count = counts?.[value]
    const more = (value === 'mine' || value === 'late') && count !== undefined && count >= COUNTED_TO
    return { value, label: `order-step:view.${value}`, count, more }
  })
}

const options = (codes: readonly string[], group: string): Option[] =>
  codes.map(value => ({ value, label: `order:${group}.${value}` }))

export const orderFilters: Filter[] = [
  { kind: 'pick', key: 'customer', label: 'order:field.customer', pick: 'customer' },
  {
    kind: 'choice',
    key: 'status',
    label: 'order:field.status',
    options: options(ORDER_STATUSES, 'status'),
    many: true,
  },
  {
    kind: 'choice',
    key: 'supply',
    label: 'order:track.supply',
    options: options(SUPPLY_STATES, 'track_state.supply'),
    many: true,
  },
  {
    kind: 'choice',
    key: 'fulfilment',
    label: 'order:track.fulfilment',
    options: options(FULFILMENT_STATES, 'track_state.fulfilment'),
  },
  {
    kind: 'choice',
    key: 'finance',
    label: 'order:track.finance',
    options: options(FINANCE_STATES, 'track_state.finance'),
  },
  {
    kind: 'choice',
    key: 'service',
    label: 'order:track.service',
    options: options(SERVICE_STATES, 'track_state.service'),
  },
  { kind: 'dates', key: 'required', label: 'order:field.required_on', from: 'required_from', to: 'required_to' },
  { kind: 'dates', key: 'ordered', label: 'order:field.ordered_on', from: 'ordered_from', to: 'ordered_to' },
  { kind: 'flag', key: 'mine', label: 'order:filter.mine' },
  { kind: 'flag', key: 'held', label: 'order:filter.held' },
  { kind: 'flag', key: 'late', label: 'order:filter.late' },
]

/** Red when the day has passed on an order that is still under way. */
function RequiredOn({ row }: { row: OrderRow }) {
  if (!row.required_on) return <span className="soft">–</span>
  const under_way = !['closed', 'void', 'cancelled', 'rejected'].includes(row.status)
  const late = under_way && row.tracks.fulfilment.state !== 'delivered' && daysUntil(row.required_on) < 0
  return <span className={late ? 'ink-late strong' : undefined}>{formatDate(row.required_on)}</span>
}

export function orderColumns(t: TFunction, currency: string): Column<OrderRow>[] {
  return [
    {
      id: 'number',
      label: 'order:field.number',
      width: 124,
      sort: 'number',
      render: row => row.number || t('order:no_number'),
    },
    {
      id: 'customer',
      label: 'order:field.customer',
      width: 160,
      grow: true,
      render: row => (
        <span className="row">
          <span className="cut">{row.customer.name}</span>
          <span className="soft">{row.customer.grade}</span>
        </span>
      ),
    },
    {
      id: 'status',
      label: 'order:field.status',
      width: 146,
      render: row => (
        <span className="row">
          <OrderStatusTag status={row.status} held={row.held} />
        </span>
      ),
    },
    { id: 'tracks', label: 'order:field.tracks', width: 104, render: row => <FiveTracks tracks={row.tracks} /> },
    {
      id: 'waiting_for',
      label: 'order:field.waiting_for',
      width: 146,
      render: row =>
        row.waiting_for ? (
          <span>
            {row.waiting_for.text}
            <span className="soft"> · {row.waiting_for.who_name}</span>
          </span>
        ) : (
          <span className="soft">–</span>
        ),
    },
    {
      id: 'clock',
      label: 'order:field.clock',
      width: 150,
      render: row => (row.clock ? <ClockTag clock={row.clock} /> : <span className="soft">–</span>),
    },
    {
      id: 'payable',
      label: t('order:field.payable_in', { currency }),
      width: 122,
      end: true,
      sort: 'payable',
      render: row => formatAmount(row.payable),
    },
    { id: 'open', label: 'order:field.open', width: 104, end: true, render: row => formatAmount(row.open) },
    {
      id: 'required_on',
      label: 'order:field.required_on',
      width: 112,
      sort: 'required_on',
      render: row => <RequiredOn row={row} />,
    },
    { id: 'promised_on', label: 'order:field.promised_on', width: 98, render: promised },
    { id: 'rep', label: 'order:field.rep', width: 96, optional: true, render: row => row.rep?.name ?? '–' },
    {
      id: 'channel',
      label: 'order:field.channel',
      width: 100,
      optional: true,
      render: row => t(`order:channel.${row.channel}`),
    },
    {
      id: 'line_count',
      label: 'order:field.line_count',
      width: 70,
      end: true,
      optional: true,
      render: row => formatCount(row.line_count),
    },
    {
      id: 'created_at',
      label: 'order:field.created_at',
      width: 110,
      sort: 'created_at',
      optional: true,
      render: row => <When instant={row.created_at} />,
    },
  ]
}

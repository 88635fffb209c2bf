import type { TFunction } from 'i18next'
import { lazy, type ReactNode, Suspense, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'
import { ListPage } from '@/components/list/ListPage'
import type { Column, Filter, ListSpec, View } from '@/components/list/spec'
import { When } from '@/components/When'
import type { FollowUp, Order } from '@/lib/api/types'
import { formatDate } from '@/lib/format'
import { useUrlState } from '@/lib/url-state'
import { FollowUpTag } from './FollowUpTag'

const FollowUpPanel = lazy(() => import('./FollowUpPanel').then(module => ({ default: module.FollowUpPanel })))

/** The dialogs of an order with which a follow-up ends; the route brings them in. */
export interface FollowUpDialogs {
  complete: (order: Order, close: () => void) => ReactNode
  waive: (order: Order, close: () => void) => ReactNode
}

const views: View[] = [
  { value: 'due', label: 'follow-up:state.due', query: { status: 'due' } },
  { value: 'overdue', label: 'order:track_state.overdue', query: { overdue: true } },
  { value: 'dissatisfied', label: 'follow-up:state.dissatisfied', query: { status: 'dissatisfied' } },
  { value: 'satisfied', label: 'follow-up:state.satisfied', query: { status: 'satisfied' } },
  { value: 'waived', label: 'follow-up:state.waived', query: { status: 'waived' } },
  { value: 'all', label: 'common:all', query: {} },
]
const filters: Filter[] = [{ kind: 'pick', key: 'customer', label: 'follow-up:field.customer', pick: 'customer' }]
const rowKey = (row: FollowUp) => row.id

function followUpColumns(t: TFunction): Column<FollowUp>[] {
  return [
    { id: 'customer', label: 'follow-up:field.customer', width: 220, grow: true, render: row => row.customer?.name },
    { id: 'state', label: 'follow-up:field.state', width: 130, render: row => <FollowUpTag row={row} /> },
    {
      id: 'order',
      label: 'follow-up:field.order',
      width: 140,
      render: row => row.order && <Link to={`/orders/${row.order.id}`}>{row.order.number}</Link>,
    },
    {
      id: 'due_on',
      label: 'follow-up:field.due_on',
      width: 130,
      sort: 'due_on',
      render: row => formatDate(row.due_on),
    },
    {
      id: 'score',
      label: 'follow-up:field.score',
      width: 100,
      render: row => (row.score === null ? '–' : t('follow-up:score_of', { score: row.score })),
    },
    {
      id: 'comment',
      label: 'follow-up:field.comment',
      width: 260,
      grow: true,
      render: row => <span title={row.comment}>{row.comment || '–'}</span>,
    },
    { id: 'by', label: 'follow-up:field.by', width: 100, render: row => row.by?.name ?? '–' },
    { id: 'at', label: 'follow-up:field.at', width: 120, optional: true, render: row => <When instant={row.at} /> },
  ]
}

function card(row: FollowUp) {
  return (
    <span className="list-lines">
      <span className="row">
        <span className="strong cut grow">{row.customer?.name}</span>
        <FollowUpTag row={row} />
      </span>
      <span className="row soft">
        <span className="cut grow">{[row.order?.number, row.comment].filter(Boolean).join(' · ')}</span>
        {formatDate(row.due_on)}
      </span>
    </span>
  )
}

/** Whom to ask whether all is well, the oldest first; a row opens what is needed for the call. */
export function FollowUpsPage(dialogs: FollowUpDialogs) {
  const { t } = useTranslation()
  const [url, change] = useUrlState()
  const { search } = useLocation()
  const spec = useMemo<ListSpec<FollowUp>>(
    () => ({
      noun: 'follow-ups',
      path: '/follow-ups',
      title: 'nav:follow_ups',
      rowKey,
      rowHref: row => {
        const params = new URLSearchParams(search)
        params.set('open', row.order?.id ?? '')
        return `/follow-ups?${params}`
      },
      rowName: row => row.customer?.name ?? '',
      columns: followUpColumns(t),
      filters,
      views,
      defaultSort: 'due_on',
      searchHint: 'follow-up:search_hint',
      card,
      empty: { title: t('follow-up:empty.title'), text: t('follow-up:empty.text') },
    }),
    [t, search],
  )
  return (
    <>
      <ListPage spec={spec} />
      {url.open && (
        <Suspense fallback={null}>
          <FollowUpPanel key={url.open} order={url.open} dialogs={dialogs} onClose={() => change({ open: null })} />
        </Suspense>
      )}
    </>
  )
}

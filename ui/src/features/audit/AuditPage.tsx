import type { TFunction } from 'i18next'
import { lazy, Suspense, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'
import { ListPage } from '@/components/list/ListPage'
import type { Column, Filter, ListSpec, View } from '@/components/list/spec'
import { queryOf, useList } from '@/components/list/useList'
import { When } from '@/components/When'
import type { AuditEvent } from '@/lib/api/types'
import { useUrlState } from '@/lib/url-state'
import { hrefOf } from './subject'

const EventPanel = lazy(() => import('./EventPanel').then(module => ({ default: module.EventPanel })))

const kinds = (...names: string[]) => ({ kind: names.join(',') })

const views: View[] = [
  { value: 'all', label: 'common:all', query: {} },
  { value: 'order', label: 'audit:subject.order', query: { subject: 'order' } },
  {
    value: 'approval',
    label: 'audit:view.approval',
    query: kinds(
      'OrderReviewed',
      'OrderStepApproved',
      'OrderApproved',
      'OrderReturned',
      'OrderRejected',
      'OrderReopened',
    ),
  },
  {
    value: 'money',
    label: 'audit:view.money',
    query: kinds(
      'OrderInvoiced',
      'InvoiceVoided',
      'PaymentRecorded',
      'PaymentReversed',
      'RefundRecorded',
      'CancellationCharged',
    ),
  },
  { value: 'customer', label: 'audit:subject.customer', query: { subject: 'customer' } },
  { value: 'product', label: 'audit:subject.product', query: { subject: 'product' } },
  { value: 'price', label: 'audit:subject.price', query: { subject: 'price' } },
  { value: 'stock', label: 'audit:subject.stock', query: kinds('StockReceived', 'StockAdjusted') },
  {
    value: 'access',
    label: 'audit:view.access',
    query: kinds(
      'SignedIn',
      'SignInFailed',
      'SignedOut',
      'SessionRevoked',
      'PasswordSet',
      'PasswordChanged',
      'UserCreated',
      'UserEdited',
      'UserActivated',
      'UserDeactivated',
      'RoleCreated',
      'RoleEdited',
      'TokenCreated',
      'TokenRevoked',
    ),
  },
  { value: 'company', label: 'audit:subject.company', query: { subject: 'company' } },
  {
    value: 'data',
    label: 'audit:view.data',
    query: kinds('ImportStarted', 'ImportFinished', 'ImportFailed', 'DataExported'),
  },
]
const filters: Filter[] = [
  { kind: 'pick', key: 'by', label: 'audit:field.by', pick: 'user' },
  { kind: 'dates', key: 'dates', label: 'audit:field.dates', from: 'from', to: 'to' },
]
const rowKey = (row: AuditEvent) => String(row.position)

function Subject({ row }: { row: AuditEvent }) {
  const { t } = useTranslation()
  const href = hrefOf(row.subject)
  const text = row.subject.number || t(`audit:subject.${row.subject.kind}`)
  return href ? <Link to={href}>{text}</Link> : <span>{text}</span>
}

function auditColumns(t: TFunction): Column<AuditEvent>[] {
  return [
    { id: 'at', label: 'audit:field.at', width: 150, sort: 'position', render: row => <When instant={row.at} exact /> },
    { id: 'by', label: 'audit:field.by', width: 110, render: row => row.by || '–' },
    { id: 'summary', label: 'audit:field.summary', width: 260, grow: true, render: row => row.summary },
    { id: 'subject', label: 'audit:field.subject', width: 150, render: row => <Subject row={row} /> },
    {
      id: 'changes',
      label: 'audit:changes',
      width: 170,
      render: row =>
        row.changes.length > 0 ? row.changes.map(change => change.label).join('、') : <span className="soft">–</span>,
    },
    { id: 'reason', label: 'audit:field.reason', width: 160, render: row => row.reason || '–' },
    {
      id: 'source',
      label: 'audit:field.source',
      width: 90,
      render: row => (row.source.channel ? t(`audit:channel.${row.source.channel}`) : '–'),
    },
    { id: 'address', label: 'audit:field.address', width: 130, render: row => row.source.address || '–' },
  ]
}

function card(row: AuditEvent) {
  return (
    <span className="list-lines">
      <span className="strong cut">{row.summary}</span>
      <span className="row soft">
        <span className="cut grow">{[row.by, row.subject.number].filter(Boolean).join(' · ')}</span>
        <When instant={row.at} />
      </span>
      {row.reason && <span className="soft cut">{row.reason}</span>}
    </span>
  )
}

/** Everything that was done: who, when, from where, before and after (SEC-02); a row opens its details. */
export function AuditPage() {
  const { t } = useTranslation()
  const [url, change] = useUrlState()
  const { search } = useLocation()
  const spec = useMemo<ListSpec<AuditEvent>>(
    () => ({
      noun: 'audit',
      path: '/audit',
      title: 'nav:audit',
      rowKey,
      rowHref: row => {
        const params = new URLSearchParams(search)
        params.set('event', String(row.position))
        return `/audit?${params}`
      },
      rowName: row => row.summary,
      columns: auditColumns(t),
      filters,
      views,
      defaultSort: '-position',
      searchKey: 'subject',
      searchHint: 'audit:search_hint',
      card,
      empty: { title: t('audit:empty.title'), text: t('audit:empty.text') },
    }),
    [t, search],
  )
  const rows = useList(spec, queryOf(spec, url)).rows
  const open = rows.find(row => String(row.position) === url.event)
  return (
    <>
      <ListPage spec={spec} />
      {open && (
        <Suspense fallback={null}>
          <EventPanel event={open} onClose={() => change({ event: null })} />
        </Suspense>
      )}
    </>
  )
}

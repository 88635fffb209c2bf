import type { TFunction } from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ListPage } from '@/components/list/ListPage'
import type { Column, Filter, ListSpec, View } from '@/components/list/spec'
import type { Invoice } from '@/lib/api/types'
import { formatAmount, formatDate, formatMoney } from '@/lib/format'
import { useSession } from '@/lib/session'
import { DueOn, InvoiceTag } from './InvoiceTag'

const views: View[] = [
  { value: 'all', label: 'common:all' },
  { value: 'open', label: 'order:invoice_status.open', query: { status: 'open,part_paid' } },
  { value: 'overdue', label: 'order:track_state.overdue', query: { overdue: true } },
  { value: 'paid', label: 'order:invoice_status.paid', query: { status: 'paid' } },
  { value: 'void', label: 'order:invoice_status.void', query: { status: 'void' } },
]
const filters: Filter[] = [{ kind: 'pick', key: 'customer', label: 'invoice:field.customer', pick: 'customer' }]
const rowKey = (row: Invoice) => row.id

function invoiceColumns(t: TFunction, currency: string): Column<Invoice>[] {
  const amount = (money: Invoice['gross']) => (money.currency === currency ? formatAmount(money) : formatMoney(money))
  return [
    { id: 'number', label: 'invoice:field.number', width: 130, sort: 'number', render: row => row.number },
    { id: 'status', label: 'invoice:field.status', width: 110, render: row => <InvoiceTag invoice={row} /> },
    { id: 'customer', label: 'invoice:field.customer', width: 180, grow: true, render: row => row.customer.name },
    {
      id: 'order',
      label: 'invoice:field.order',
      width: 130,
      render: row => <Link to={`/orders/${row.order.id}`}>{row.order.number}</Link>,
    },
    { id: 'kind', label: 'invoice:field.kind', width: 128, render: row => t(`order:invoice_kind.${row.kind}`) },
    {
      id: 'issued_on',
      label: 'invoice:field.issued_on',
      width: 112,
      sort: 'issued_on',
      render: row => formatDate(row.issued_on),
    },
    { id: 'due_on', label: 'invoice:field.due_on', width: 112, sort: 'due_on', render: row => <DueOn invoice={row} /> },
    {
      id: 'gross',
      label: `${t('invoice:field.gross')}（${currency}）`,
      width: 146,
      end: true,
      sort: 'gross',
      render: row => amount(row.gross),
    },
    {
      id: 'paid',
      label: 'invoice:field.paid',
      width: 120,
      end: true,
      optional: true,
      render: row => amount(row.paid),
    },
    { id: 'open', label: 'invoice:field.open', width: 112, end: true, render: row => amount(row.open) },
  ]
}

function card(row: Invoice) {
  return (
    <span className="list-lines">
      <span className="row">
        <span className="strong cut grow">{row.customer.name}</span>
        <span className="strong mono">{formatMoney(row.gross)}</span>
      </span>
      <span className="row">
        <span className="soft cut grow">
          {row.number} · {row.order.number}
        </span>
        <InvoiceTag invoice={row} />
        <DueOn invoice={row} />
      </span>
    </span>
  )
}

/** Every invoice; a row opens it. */
export function InvoicesPage() {
  const { t } = useTranslation()
  const { currency } = useSession().session.company
  const spec = useMemo<ListSpec<Invoice>>(
    () => ({
      noun: 'invoices',
      path: '/invoices',
      title: 'nav:invoices',
      rowKey,
      rowHref: row => `/invoices/${row.id}`,
      rowName: row => row.number,
      columns: invoiceColumns(t, currency),
      filters,
      views,
      defaultSort: '-created_at',
      searchHint: 'invoice:search_hint',
      card,
      empty: { title: t('invoice:empty.title'), text: t('invoice:empty.text') },
    }),
    [t, currency],
  )
  return <ListPage spec={spec} />
}

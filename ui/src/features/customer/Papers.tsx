/** Quotations, deliveries, invoices and payments of a customer, the last of each, one kind at a time (PTY-01). */
import { useQuery } from '@tanstack/react-query'
import { Segmented } from 'antd'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Card } from '@/components/Card'
import { ErrorState } from '@/components/ErrorState'
import { type LineColumn, LineTable } from '@/components/LineTable'
import { PageSkeleton } from '@/components/PageSkeleton'
import { WordTag } from '@/components/WordTag'
import { get } from '@/lib/api/client'
import type { Invoice, Page, Payment, QuotationRow, Shipment } from '@/lib/api/types'
import { formatDate, formatMoney } from '@/lib/format'
import { useCan } from '@/lib/session'

const MOST = 8

interface KindOf<Row> {
  /** In addresses and texts. */
  kind: string
  path: string
  sort: string
  columns: (t: TFunction) => LineColumn<Row>[]
}

const quotations: KindOf<QuotationRow> = {
  kind: 'quotations',
  path: '/quotations',
  sort: '-created_at',
  columns: t => [
    {
      id: 'number',
      label: t('customer:papers.number'),
      main: true,
      render: row => <Link to={`/quotations/${row.id}`}>{row.number || t('order:no_number')}</Link>,
    },
    {
      id: 'status',
      label: t('customer:papers.state'),
      render: row => <WordTag>{t(`quotation:status.${row.status}`)}</WordTag>,
    },
    { id: 'valid', label: t('customer:papers.valid_until'), render: row => formatDate(row.valid_until) },
    { id: 'payable', label: t('order:field.payable'), end: true, render: row => formatMoney(row.payable) },
  ],
}

const shipments: KindOf<Shipment> = {
  kind: 'shipments',
  path: '/shipments',
  sort: '-shipped_on',
  columns: t => [
    {
      id: 'number',
      label: t('customer:papers.number'),
      main: true,
      render: row => <Link to={`/shipments/${row.id}`}>{row.number}</Link>,
    },
    {
      id: 'order',
      label: t('customer:papers.order'),
      render: row => <Link to={`/orders/${row.order.id}`}>{row.order.number}</Link>,
    },
    { id: 'shipped_on', label: t('customer:papers.shipped_on'), render: row => formatDate(row.shipped_on) },
    { id: 'delivered_on', label: t('customer:papers.delivered_on'), render: row => formatDate(row.delivered_on) },
  ],
}

const invoices: KindOf<Invoice> = {
  kind: 'invoices',
  path: '/invoices',
  sort: '-issued_on',
  columns: t => [
    {
      id: 'number',
      label: t('customer:papers.number'),
      main: true,
      render: row => <Link to={`/invoices/${row.id}`}>{row.number}</Link>,
    },
    {
      id: 'status',
      label: t('customer:papers.state'),
      render: row => <WordTag>{t(`order:invoice_status.${row.status}`)}</WordTag>,
    },
    { id: 'issued_on', label: t('customer:papers.issued_on'), render: row => formatDate(row.issued_on) },
    { id: 'due_on', label: t('customer:papers.due_on'), render: row => formatDate(row.due_on) },
    { id: 'gross', label: t('customer:papers.gross'), end: true, render: row => formatMoney(row.gross) },
    { id: 'open', label: t('customer:papers.open'), end: true, render: row => formatMoney(row.open) },
  ],
}

const payments: KindOf<Payment> = {
  kind: 'payments',
  path: '/payments',
  sort: '-paid_on',
  columns: t => [
    {
      id: 'number',
      label: t('customer:papers.number'),
      main: true,
      render: row => <Link to={`/payments/${row.id}`}>{row.number}</Link>,
    },
    {
      id: 'order',
      label: t('customer:papers.order'),
      render: row => <Link to={`/orders/${row.order.id}`}>{row.order.number}</Link>,
    },
    { id: 'method', label: t('customer:papers.method'), render: row => t(`order:payment_method.${row.method}`) },
    { id: 'paid_on', label: t('customer:papers.paid_on'), render: row => formatDate(row.paid_on) },
    {
      id: 'amount',
      label: t('customer:papers.amount'),
      end: true,
      render: row => <span className={row.reversed ? 'struck' : undefined}>{formatMoney(row.amount)}</span>,
    },
  ],
}

function Rows<Row extends { id: string }>({ of, customer }: { of: KindOf<Row>; customer: string }) {
  const { t } = useTranslation()
  const found = useQuery({
    queryKey: [of.kind, 'history', customer],
    queryFn: () => get<Page<Row>>(of.path, { customer, limit: MOST, sort: of.sort }),
  })
  if (found.isError) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />
  if (!found.data) return <PageSkeleton lines={3} />
  return (
    <>
      <LineTable
        label={t(`customer:papers.${of.kind}`)}
        columns={of.columns(t)}
        rows={found.data.items}
        rowKey={row => row.id}
        empty={t('customer:papers.none')}
      />
      {found.data.next && (
        <p className="line-empty">
          <Link to={`${of.path}?customer=${customer}`}>{t('customer:papers.all')}</Link>
        </p>
      )}
    </>
  )
}

export default function Papers({ customer }: { customer: string }) {
  const { t } = useTranslation()
  const may: Record<string, boolean> = {
    quotations: useCan('quotation.view'),
    shipments: useCan('shipment.view'),
    invoices: useCan('invoice.view'),
    payments: useCan('payment.view'),
  }
  const kinds = ['quotations', 'shipments', 'invoices', 'payments'].filter(kind => may[kind])
  const [chosen, setChosen] = useState('')
  const kind = kinds.includes(chosen) ? chosen : kinds[0]
  if (!kind) return null
  return (
    <Card
      title={t('customer:papers.title')}
      flush
      extra={
        <Segmented
          size="small"
          value={kind}
          onChange={setChosen}
          options={kinds.map(value => ({ value, label: t(`customer:papers.${value}`) }))}
        />
      }
    >
      {kind === 'quotations' && <Rows of={quotations} customer={customer} />}
      {kind === 'shipments' && <Rows of={shipments} customer={customer} />}
      {kind === 'invoices' && <Rows of={invoices} customer={customer} />}
      {kind === 'payments' && <Rows of={payments} customer={customer} />}
    </Card>
  )
}

import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { Card } from '@/components/Card'
import { ErrorState } from '@/components/ErrorState'
import { Facts } from '@/components/Facts'
import { type LineColumn, LineTable } from '@/components/LineTable'
import { PageHead } from '@/components/PageHead'
import { PageSkeleton } from '@/components/PageSkeleton'
import { get } from '@/lib/api/client'
import type { Invoice, InvoiceLine } from '@/lib/api/types'
import { isZero } from '@/lib/decimal'
import { formatAmount, formatDate, formatMoney, formatQuantity, formatRate } from '@/lib/format'
import { DueOn, InvoiceTag } from './InvoiceTag'
import { VoidInvoice } from './void'

interface Props {
  documents: (invoice: Invoice) => ReactNode
}

/** An invoice with its lines and what is open on it. */
export function InvoicePage({ documents }: Props) {
  const { id = '' } = useParams()
  const found = useQuery({ queryKey: ['invoices', 'one', id], queryFn: () => get<Invoice>(`/invoices/${id}`) })
  if (found.isError) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />
  if (!found.data) return <PageSkeleton />
  return <Content invoice={found.data} documents={documents} />
}

function Content({ invoice, documents }: { invoice: Invoice } & Props) {
  const { t } = useTranslation()
  return (
    <div className="page">
      <PageHead title={`${t('invoice:title')} ${invoice.number}`} tags={<InvoiceTag invoice={invoice} />}>
        <VoidInvoice invoice={invoice} />
      </PageHead>
      <div className="main-column">
        <Card>
          <Facts
            items={[
              {
                label: t('invoice:field.open'),
                value: (
                  <span className={isZero(invoice.open.amount) ? undefined : 'strong'}>
                    {formatMoney(invoice.open)}
                  </span>
                ),
              },
              { label: t('invoice:field.gross'), value: formatMoney(invoice.gross) },
              { label: t('invoice:field.paid'), value: formatMoney(invoice.paid) },
              { label: t('invoice:field.due_on'), value: <DueOn invoice={invoice} /> },
              {
                label: t('invoice:field.customer'),
                value: <Link to={`/customers/${invoice.customer.id}`}>{invoice.customer.name}</Link>,
              },
              {
                label: t('invoice:field.order'),
                value: <Link to={`/orders/${invoice.order.id}?tab=money`}>{invoice.order.number}</Link>,
              },
              { label: t('invoice:field.kind'), value: t(`order:invoice_kind.${invoice.kind}`) },
              { label: t('invoice:field.issued_on'), value: formatDate(invoice.issued_on) },
              ...(invoice.void_reason ? [{ label: t('common:reason'), value: invoice.void_reason, wide: true }] : []),
            ]}
          />
        </Card>
        <Card title={t('invoice:lines')} flush>
          <Lines invoice={invoice} />
        </Card>
        {documents(invoice)}
      </div>
    </div>
  )
}

function Lines({ invoice }: { invoice: Invoice }) {
  const { t } = useTranslation()
  const { currency } = invoice.gross
  const columns: LineColumn<InvoiceLine>[] = [
    { id: 'line_no', label: t('order:line.no'), width: 48, render: line => line.line_no },
    {
      id: 'product',
      label: t('invoice:field.product'),
      main: true,
      render: line => (
        <>
          {line.name} <span className="soft">{line.spec}</span>
        </>
      ),
      foot: t('invoice:total'),
    },
    { id: 'quantity', label: t('invoice:field.quantity'), end: true, render: line => formatQuantity(line.quantity) },
    { id: 'tax_rate', label: t('invoice:field.tax_rate'), end: true, render: line => formatRate(line.tax_rate) },
    {
      id: 'net',
      label: `${t('invoice:field.net')}（${currency}）`,
      end: true,
      render: line => formatAmount(line.net),
      foot: formatAmount(invoice.net),
    },
    {
      id: 'tax',
      label: t('invoice:field.tax'),
      end: true,
      render: line => formatAmount(line.tax),
      foot: formatAmount(invoice.tax),
    },
    {
      id: 'gross',
      label: t('invoice:field.gross'),
      end: true,
      render: line => formatAmount(line.gross),
      foot: formatAmount(invoice.gross),
    },
  ]
  return (
    <>
      <LineTable label={t('invoice:lines')} columns={columns} rows={invoice.lines} rowKey={line => line.line_no} />
      <OtherAmounts invoice={invoice} />
    </>
  )
}

/** Freight and the order's discount, which come with the last invoice and are in its total. */
function OtherAmounts({ invoice }: { invoice: Invoice }) {
  const { t } = useTranslation()
  const items = [
    { label: t('order:money.freight'), money: invoice.freight, sign: '' },
    { label: t('order:money.discount'), money: invoice.discount, sign: '−' },
    ...(invoice.charges ?? []).map(charge => ({
      label: charge.name,
      money: charge.amount,
      sign: charge.allowance ? '−' : '',
    })),
  ].flatMap(item => (item.money && !isZero(item.money.amount) ? [{ ...item, text: formatMoney(item.money) }] : []))
  if (items.length === 0) return null
  return (
    <p className="line-empty soft">
      {t('invoice:other_lines')}：{items.map(item => `${item.label} ${item.sign}${item.text}`).join('，')}
    </p>
  )
}

/** The lines of a purchase order with what is awaited, and what came in. */
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Card } from '@/components/Card'
import { type LineColumn, LineTable } from '@/components/LineTable'
import { formatMoney, formatQuantity, formatUnitPrice } from '@/lib/format'
import type { Purchase, PurchaseLine } from './queries'
import { Expected } from './tags'

export function Lines({ purchase }: { purchase: Purchase }) {
  const { t } = useTranslation()
  const label = (name: string) => t(`purchase:field.${name}`)
  const columns: LineColumn<PurchaseLine>[] = [
    { id: 'product', label: label('product'), main: true, render: line => <What line={line} /> },
    { id: 'quantity', label: label('quantity'), end: true, render: line => formatQuantity(line.quantity) },
    {
      id: 'unit_price',
      label: label('unit_price'),
      end: true,
      render: line => formatUnitPrice(line.unit_price),
    },
    { id: 'amount', label: label('amount'), end: true, render: line => formatMoney(line.amount) },
    {
      id: 'expected_on',
      label: label('expected_on'),
      width: 170,
      render: line => (
        <>
          <Expected on={line.confirmed_on ?? line.asked_on} late={line.late_days} />
          <div className="soft">
            {line.confirmed_on
              ? line.confirmed_on === line.asked_on
                ? t('purchase:confirmed')
                : t('purchase:asked', { on: line.asked_on })
              : t('purchase:unconfirmed')}
          </div>
        </>
      ),
    },
    { id: 'received', label: label('received'), end: true, render: line => formatQuantity(line.received) },
    { id: 'open', label: label('open'), end: true, render: line => formatQuantity(line.open) },
  ]
  return (
    <Card title={t('purchase:lines')} flush>
      <LineTable label={t('purchase:lines')} columns={columns} rows={purchase.lines} rowKey={line => line.line_no} />
    </Card>
  )
}

function What({ line }: { line: PurchaseLine }) {
  const { t } = useTranslation()
  return (
    <>
      <Link to={`/products/${line.product.id}`}>{line.product.name}</Link>{' '}
      {line.rush && <span className="ink-risk">{t('purchase:rush')}</span>}
      <div className="soft">{[line.product.code, line.spec, line.supplier_code].filter(Boolean).join(' · ')}</div>
      {line.order && (
        <div className="soft">
          {t('purchase:for')} <Link to={`/orders/${line.order.id}`}>{line.order.number || t('purchase:a_draft')}</Link>
          {line.order_line && ` · ${line.order_line}`}
        </div>
      )}
      {line.note && <div className="soft">{line.note}</div>}
    </>
  )
}

type Receipt = Purchase['receipts'][number]

export function Receipts({ purchase }: { purchase: Purchase }) {
  const { t } = useTranslation()
  const label = (name: string) => t(`purchase:field.${name}`)
  const named = (no: number) => purchase.lines.find(line => line.line_no === no)?.product.name ?? ''
  const columns: LineColumn<Receipt>[] = [
    { id: 'product', label: label('product'), main: true, render: one => `${one.line_no} · ${named(one.line_no)}` },
    { id: 'quantity', label: label('received'), end: true, render: one => formatQuantity(one.quantity) },
    { id: 'received_on', label: label('received_on'), render: one => one.received_on },
    {
      id: 'lead_days',
      label: label('lead_days'),
      end: true,
      render: one => t('purchase:days', { count: one.lead_days }),
    },
    {
      id: 'reference',
      label: label('reference'),
      render: one => [one.reference, one.note].filter(Boolean).join(' · ') || '–',
    },
    { id: 'by', label: label('received_by'), render: one => one.by.name },
  ]
  return (
    <Card title={t('purchase:receipts')} flush>
      <LineTable label={t('purchase:receipts')} columns={columns} rows={purchase.receipts} rowKey={one => one.id} />
    </Card>
  )
}

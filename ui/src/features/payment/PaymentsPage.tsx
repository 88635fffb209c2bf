import type { TFunction } from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ListPage } from '@/components/list/ListPage'
import type { Column, Filter, ListSpec } from '@/components/list/spec'
import type { Payment } from '@/lib/api/types'
import { formatAmount, formatDate, formatMoney } from '@/lib/format'
import { useSession } from '@/lib/session'
import { PaymentTag } from './PaymentTag'

const filters: Filter[] = [{ kind: 'pick', key: 'customer', label: 'payment:field.customer', pick: 'customer' }]
const rowKey = (row: Payment) => row.id

function paymentColumns(t: TFunction, currency: string): Column<Payment>[] {
  const amount = (money: Payment['amount']) => (money.currency === currency ? formatAmount(money) : formatMoney(money))
  return [
    { id: 'number', label: 'payment:field.number', width: 130, sort: 'number', render: row => row.number },
    { id: 'state', label: 'payment:field.state', width: 104, render: row => <PaymentTag payment={row} /> },
    { id: 'customer', label: 'payment:field.customer', width: 180, grow: true, render: row => row.customer.name },
    {
      id: 'order',
      label: 'payment:field.order',
      width: 130,
      render: row => <Link to={`/orders/${row.order.id}?tab=money`}>{row.order.number}</Link>,
    },
    {
      id: 'paid_on',
      label: 'payment:field.paid_on',
      width: 112,
      sort: 'paid_on',
      render: row => formatDate(row.paid_on),
    },
    {
      id: 'method',
      label: 'payment:field.method',
      width: 100,
      render: row => t(`order:payment_method.${row.method}`),
    },
    { id: 'reference', label: 'payment:field.reference', width: 150, render: row => row.reference || '–' },
    {
      id: 'amount',
      label: `${t('payment:field.amount')}（${currency}）`,
      width: 146,
      end: true,
      sort: 'amount',
      render: row => <span className={row.reversed ? 'struck' : undefined}>{amount(row.amount)}</span>,
    },
    { id: 'allocated', label: 'payment:field.allocated', width: 112, end: true, render: row => amount(row.allocated) },
    { id: 'note', label: 'payment:field.note', width: 160, optional: true, render: row => row.note || '–' },
  ]
}

function card(row: Payment) {
  return (
    <span className="list-lines">
      <span className="row">
        <span className="strong cut grow">{row.customer.name}</span>
        <span className={`strong mono${row.reversed ? ' struck' : ''}`}>{formatMoney(row.amount)}</span>
      </span>
      <span className="row">
        <span className="soft cut grow">
          {row.number} · {row.order.number}
        </span>
        <PaymentTag payment={row} />
        <span className="soft">{formatDate(row.paid_on)}</span>
      </span>
    </span>
  )
}

/** Money received; a row opens it. */
export function PaymentsPage() {
  const { t } = useTranslation()
  const { currency } = useSession().session.company
  const spec = useMemo<ListSpec<Payment>>(
    () => ({
      noun: 'payments',
      path: '/payments',
      title: 'nav:payments',
      rowKey,
      rowHref: row => `/payments/${row.id}`,
      rowName: row => row.number,
      columns: paymentColumns(t, currency),
      filters,
      defaultSort: '-created_at',
      searchHint: 'payment:search_hint',
      card,
      empty: { title: t('payment:empty.title'), text: t('payment:empty.text') },
    }),
    [t, currency],
  )
  return <ListPage spec={spec} />
}

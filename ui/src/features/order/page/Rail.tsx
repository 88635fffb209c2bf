import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Card } from '@/components/Card'
import { CreditBar } from '@/components/CreditBar'
import { OrderStatusTag } from '@/components/OrderStatusTag'
import type { Order } from '@/lib/api/types'
import { formatDate, formatInstant, formatMoney, formatRate } from '@/lib/format'
import { reach } from '@/lib/reach'
import { useCustomer, useLastOrders } from '../queries'

/** True until the order itself counts in the customer's exposure. */
const notYetClaimed = (order: Order) => ['draft', 'submitted', 'reviewed'].includes(order.status)

/** The customer: grade, credit, contacts, last orders. */
export function CustomerRail({ order }: { order: Order }) {
  const { t } = useTranslation()
  const customer = useCustomer(order.customer.id).data
  const last = useLastOrders(order.customer.id, 6).data?.items.filter(row => row.id !== order.id) ?? []
  const credit = order.customer.credit ?? customer?.credit ?? null
  return (
    <Card
      title={t('order:rail.customer')}
      extra={<span className="soft">{t('order:grade', { grade: order.customer.grade })}</span>}
    >
      <div className="rail-stack">
        <div>
          <Link to={`/customers/${order.customer.id}`} className="strong">
            {order.customer.name}
          </Link>
          <div className="soft">
            {order.customer.code} · {t(`order:settlement.${order.settlement}`)}
          </div>
        </div>
        {credit && <CreditBar credit={credit} claim={notYetClaimed(order) ? order.payable.amount : undefined} />}
        <RailList title={t('order:rail.contacts')}>
          {(customer?.contacts ?? []).slice(0, 3).map(contact => (
            <li key={`${contact.name}${contact.phone}`} className="row">
              <span>{contact.name}</span>
              <span className="soft cut">{contact.position}</span>
              <span className="grow" />
              <a href={reach('tel', contact.phone)} className="mono">
                {contact.phone}
              </a>
            </li>
          ))}
        </RailList>
        <RailList title={t('order:rail.orders')}>
          {last.slice(0, 5).map(row => (
            <li key={row.id} className="row">
              <Link to={`/orders/${row.id}`} className="cut">
                {row.number || t('order:no_number')}
              </Link>
              <OrderStatusTag status={row.status} held={row.held} brief />
              <span className="grow" />
              <span className="mono">{formatMoney(row.payable)}</span>
            </li>
          ))}
        </RailList>
      </div>
    </Card>
  )
}

function RailList({ title, children }: { title: string; children: React.ReactNode[] }) {
  if (children.length === 0) return null
  return (
    <div>
      <h3 className="rail-title">{title}</h3>
      <ul className="rail-list">{children}</ul>
    </div>
  )
}

/** The order's own data: the fields of the form, those that are filled. */
export function OrderRail({ order }: { order: Order }) {
  const { t } = useTranslation()
  const { quotation, contract, inquiry } = order
  const values: [string, ReactNode][] = [
    ['receiver', order.receiver],
    ['delivery_address', order.delivery_address],
    ['contact_name', [order.contact_name, order.contact_phone].filter(Boolean).join(' ')],
    ['warehouse', order.warehouse && <Link to={`/orders/${order.id}/goods`}>{order.warehouse.name}</Link>],
    ['transport', order.transport],
    ['packing', order.packing],
    ['special_requirements', order.special_requirements],
    ['notes', order.notes],
    ['ordered_on', formatDate(order.ordered_on)],
    ['planned_ship_on', order.planned_ship_on],
    ['expected_on', order.expected_on],
    ['category', t(`order:category.${order.category}`)],
    ['channel', t(`order:channel.${order.channel}`)],
    ['deposit_rate', order.settlement === 'deposit_balance' ? formatRate(order.deposit_rate) : null],
    ['inquiry', inquiry && <Link to={`/inquiries/${inquiry.id}`}>{inquiry.number}</Link>],
    ['quotation', quotation && <Link to={`/quotations/${quotation.id}`}>{quotation.number}</Link>],
    ['contract', contract && <Link to={`/contracts/${contract.id}`}>{contract.number}</Link>],
    ['contract_reason', contract?.reason],
    ['customer_po', order.customer_po],
    ['external_number', order.external_number],
    ['entered_by', `${order.entered_by.name} ${formatInstant(order.created_at)}`],
    ['reviewed_by', order.reviewed_by?.name],
    ['effective_at', order.effective_at ? formatInstant(order.effective_at) : null],
    ['closed_at', order.closed_at ? formatInstant(order.closed_at) : null],
  ]
  return (
    <Card title={t('order:rail.order')}>
      <dl className="rail-facts">
        {values
          .filter(([, value]) => value)
          .map(([key, value]) => (
            <div key={key}>
              <dt>{t(`order:field.${key}`)}</dt>
              <dd className="pre">{value}</dd>
            </div>
          ))}
      </dl>
    </Card>
  )
}

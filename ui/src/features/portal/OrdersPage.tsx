import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import { EmptyState } from '@/components/EmptyState'
import { formatDate, formatMoney } from '@/lib/format'
import { Paged } from './Paged'
import { useOrders } from './queries'
import { StatusTag } from './StatusTag'
import { Tracks } from './Tracks'
import type { PortalOrderRow, PortalStatus } from './types'

const STATES: (PortalStatus | '')[] = ['', 'waiting', 'to_sign', 'confirmed', 'completed', 'cancelled']

/** The customer's orders, the newest first. */
export default function OrdersPage() {
  const { t } = useTranslation()
  const [params, setParams] = useSearchParams()
  const given = params.get('status') ?? ''
  const status = STATES.find(state => state === given) ?? ''
  const orders = useOrders(status)
  const empty = (
    <EmptyState title={t('portal:no_orders')} text={t('portal:no_orders_text')}>
      <Link to="/portal">{t('portal:cart.browse')}</Link>
    </EmptyState>
  )
  return (
    <div className="portal-page">
      <h1>{t('portal:nav.orders')}</h1>
      <div className="portal-chips" role="group" aria-label={t('portal:status_filter')}>
        {STATES.map(state => (
          <button
            key={state}
            type="button"
            aria-pressed={state === status}
            onClick={() => setParams(state ? { status: state } : {}, { replace: true })}
          >
            {state ? t(`portal:status.${state}`) : t('portal:status_all')}
          </button>
        ))}
      </div>
      <Paged found={orders} empty={empty} row={row => <Row key={row.id} row={row} />} />
    </div>
  )
}

function Row({ row }: { row: PortalOrderRow }) {
  const { t } = useTranslation()
  const day = row.promised_on ?? row.required_on
  return (
    <li>
      <Link to={`/portal/orders/${row.id}`} className="portal-order">
        <span className="row">
          <strong className="grow">{row.number}</strong>
          <StatusTag status={row.status}>{row.status_name}</StatusTag>
        </span>
        <span className="row soft">
          <span className="grow">
            {formatDate(row.ordered_on)}
            {day && ` · ${t(row.promised_on ? 'portal:promised' : 'portal:wanted', { date: formatDate(day) })}`}
          </span>
          <strong className="portal-amount">{formatMoney(row.payable)}</strong>
        </span>
        <Tracks tracks={row.tracks} short />
      </Link>
    </li>
  )
}

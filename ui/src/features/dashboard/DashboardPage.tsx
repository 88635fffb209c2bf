/** How the company's orders stand: by status, what came in, where they wait, what is overdue. Each number opens the list behind it. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Card } from '@/components/Card'
import { ErrorState } from '@/components/ErrorState'
import { PageHead } from '@/components/PageHead'
import { PageSkeleton } from '@/components/PageSkeleton'
import { When } from '@/components/When'
import { get } from '@/lib/api/client'
import type { Dashboard } from '@/lib/api/types'
import { formatCount, formatMoney } from '@/lib/format'
import { Received } from './Received'
import './dashboard.css'

export function DashboardPage() {
  const { t } = useTranslation()
  const query = useQuery({ queryKey: ['dashboard'], queryFn: () => get<Dashboard>('/dashboard') })
  if (query.isPending) return <PageSkeleton />
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  const data = query.data
  return (
    <div className="page dashboard">
      <PageHead title={t('nav:dashboard')} />
      <Tiles data={data} />
      <div className="dashboard-columns">
        <Card title={t('dashboard:received.title')} className="dashboard-wide">
          <Received days={data.received} />
        </Card>
        <Waiting data={data} />
        <TopCustomers data={data} />
      </div>
    </div>
  )
}

/** The statuses that are work; the rest is history. */
const SHOWN = ['draft', 'submitted', 'reviewed', 'effective', 'closed'] as const

function Tiles({ data }: { data: Dashboard }) {
  const { t } = useTranslation()
  return (
    <ul className="tiles">
      {SHOWN.map(status => {
        const row = data.by_status.find(each => each.status === status)
        return (
          <li key={status}>
            <Link to={`/orders?status=${status}`} className="tile">
              <span className="soft">{t(`order:status.${status}`)}</span>
              <span className="tile-count">{formatCount(row?.count ?? 0)}</span>
              <span className="soft mono">{formatMoney(row?.payable)}</span>
            </Link>
          </li>
        )
      })}
      <li>
        <Link to="/invoices?view=overdue" className={`tile${data.overdue.count > 0 ? ' late' : ''}`}>
          <span>{t('dashboard:overdue')}</span>
          <span className="tile-count">{formatCount(data.overdue.count)}</span>
          <span className="mono">{formatMoney(data.overdue.amount)}</span>
        </Link>
      </li>
    </ul>
  )
}

/** The view that lists what waits for a step. */
const VIEWS: Record<string, string> = {
  draft: 'draft',
  review: 'to_review',
  approve: 'to_approve',
  send_confirmation: 'to_confirm',
  signature: 'awaiting_signature',
  short: 'short',
  ship: 'to_ship',
  deliver: 'to_deliver',
  bill: 'to_bill',
  collect: 'to_collect',
  refund: 'to_refund',
  follow_up: 'to_follow_up',
  close: 'to_close',
}

function Waiting({ data }: { data: Dashboard }) {
  const { t } = useTranslation()
  const most = Math.max(1, ...data.waiting.map(row => row.count))
  return (
    <Card title={t('dashboard:waiting.title')} extra={<span className="soft">{t('dashboard:waiting.oldest')}</span>}>
      <ul className="bar-list">
        {data.waiting.map(row => (
          <li key={row.kind}>
            <Link to={`/orders?view=${VIEWS[row.kind] ?? 'all'}`} className="bar-row">
              <span className="bar-name">{t(`my-work:kind.${row.kind}`)}</span>
              <span className="bar-track" aria-hidden="true">
                <i style={{ width: `${(100 * row.count) / most}%` }} />
              </span>
              <span className="num bar-count">{formatCount(row.count)}</span>
              <span className="num soft bar-side">{row.oldest_at ? <When instant={row.oldest_at} /> : '–'}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function TopCustomers({ data }: { data: Dashboard }) {
  const { t } = useTranslation()
  const rows = data.top_customers.map(row => ({
    id: row.customer.id,
    name: row.customer.name,
    count: row.count,
    payable: row.payable,
  }))
  const most = Math.max(1, ...rows.map(row => Number(row.payable.amount)))
  return (
    <Card title={t('dashboard:customers.title')}>
      <ul className="bar-list">
        {rows.map(row => (
          <li key={row.id}>
            <Link to={`/orders?customer=${row.id}`} className="bar-row customers">
              <span className="bar-name cut">{row.name}</span>
              <span className="bar-track" aria-hidden="true">
                <i style={{ width: `${(100 * Number(row.payable.amount)) / most}%` }} />
              </span>
              <span className="num mono">{formatMoney(row.payable)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  )
}

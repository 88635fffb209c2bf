import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ListPage } from '@/components/list/ListPage'
import type { ListSpec } from '@/components/list/spec'
import type { Query } from '@/lib/api/client'
import type { OrderRow } from '@/lib/api/types'
import { formatCount, formatMoney } from '@/lib/format'
import { useCan, useSession } from '@/lib/session'
import { OrderCard } from './OrderCard'
import './order.css'
import { orderColumns, orderFilters, orderViews } from './list'
import { useOrderCounts, useOrderSummary } from './queries'

const rowKey = (row: OrderRow) => row.id

/** All orders, by view, filter and search. */
export function OrdersPage() {
  const { t } = useTranslation()
  const { session } = useSession()
  const mayEnter = useCan('order.create')
  const counts = useOrderCounts().data
  const currency = session.company.currency
  const spec = useMemo<ListSpec<OrderRow>>(() => {
    const create = mayEnter && (
      <Link to="/orders/new">
        <Button type="primary" icon={<PlusOutlined />} tabIndex={-1}>
          {t('order:new')}
        </Button>
      </Link>
    )
    return {
      noun: 'orders',
      path: '/orders',
      title: 'nav:orders',
      rowKey,
      rowHref: row => `/orders/${row.id}`,
      rowName: row => row.number || t('order:no_number'),
      columns: orderColumns(t, currency),
      filters: orderFilters,
      views: orderViews(counts),
      defaultSort: '-created_at',
      searchHint: 'order:search_hint',
      card: row => <OrderCard row={row} />,
      foot: query => <Foot query={query} />,
      extra: create,
      empty: { title: t('order:empty.title'), text: t('order:empty.text'), action: create },
    }
  }, [t, counts, currency, mayEnter])
  return <ListPage spec={spec} />
}

function Foot({ query }: { query: Query }) {
  const { t } = useTranslation()
  const { sort: _, ...filters } = query
  const summary = useOrderSummary(filters).data
  if (!summary) return null
  return (
    <span className="mono">
      {t('order:foot', {
        count: summary.count,
        shown: formatCount(summary.count),
        payable: formatMoney(summary.payable),
      })}
    </span>
  )
}

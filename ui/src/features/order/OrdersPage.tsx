import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { lazy, Suspense, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { LinkButton } from '@/components/LinkButton'
import { ListPage } from '@/components/list/ListPage'
import type { ListSpec } from '@/components/list/spec'
import type { Query } from '@/lib/api/client'
import type { OrderRow } from '@/lib/api/types'
import { formatCount, formatMoney } from '@/lib/format'
import { useCan, useSession } from '@/lib/session'
import { BATCH_VERBS, type BatchVerb } from './batch-verbs'
import { OrderCard } from './OrderCard'
import './order.css'
import { orderColumns, orderFilters, orderViews } from './list'
import { useOrderCounts, useOrderSummary } from './queries'

const BatchDialog = lazy(() => import('./batch'))

const rowKey = (row: OrderRow) => row.id

/** All orders, by view, filter and search. */
export function OrdersPage() {
  const { t } = useTranslation()
  const { session, can } = useSession()
  const [batch, setBatch] = useState<{ verb: BatchVerb; rows: OrderRow[]; clear: () => void } | null>(null)
  const mayEnter = useCan('order.create')
  const counts = useOrderCounts().data
  const currency = session.company.currency
  const spec = useMemo<ListSpec<OrderRow>>(() => {
    const create = mayEnter && (
      <>
        <LinkButton to="/orders/from-text">{t('nav:from_text')}</LinkButton>
        <Link to="/orders/new">
          <Button type="primary" icon={<PlusOutlined />} tabIndex={-1}>
            {t('order:new')}
          </Button>
        </Link>
      </>
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
      batch: BATCH_VERBS.filter(verb => can(verb.permission)).map(verb => ({
        id: verb.verb,
        label: t(`order:verb.${verb.verb}`),
        icon: verb.icon,
        refused: rows =>
          rows.some(row => row.status === verb.from)
            ? null
            : t('order:batch.none', { status: t(`order:status.${verb.from}`) }),
        run: (rows, clear) => setBatch({ verb, rows, clear }),
      })),
      foot: query => <Foot query={query} />,
      extra: create,
      empty: { title: t('order:empty.title'), text: t('order:empty.text'), action: create },
    }
  }, [t, counts, currency, mayEnter, can])
  return (
    <>
      <ListPage spec={spec} />
      {batch && (
        <Suspense fallback={null}>
          <BatchDialog
            verb={batch.verb}
            rows={batch.rows}
            onClose={() => {
              batch.clear()
              setBatch(null)
            }}
          />
        </Suspense>
      )}
    </>
  )
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

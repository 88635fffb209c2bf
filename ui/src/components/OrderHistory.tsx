import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { get } from '@/lib/api/client'
import type { OrderRow, Page } from '@/lib/api/types'
import { formatAmount, formatDate } from '@/lib/format'
import { Card } from './Card'
import { ErrorState } from './ErrorState'
import { FiveTracks } from './FiveTracks'
import { type LineColumn, LineTable } from './LineTable'
import { OrderStatusTag } from './OrderStatusTag'
import { PageSkeleton } from './PageSkeleton'

/** The last orders of a customer, and the way to all of them. */
export function OrderHistory({ customer, limit = 10 }: { customer: string; limit?: number }) {
  const { t } = useTranslation()
  const found = useQuery({
    queryKey: ['orders', 'history', customer, limit],
    queryFn: () => get<Page<OrderRow>>('/orders', { customer, limit, sort: '-created_at' }),
  })
  const columns: LineColumn<OrderRow>[] = [
    {
      id: 'number',
      label: t('order:field.number'),
      main: true,
      width: 140,
      render: row => <Link to={`/orders/${row.id}`}>{row.number || t('order:no_number')}</Link>,
    },
    {
      id: 'status',
      label: t('order:field.status'),
      render: row => (
        <span className="row">
          <OrderStatusTag status={row.status} held={row.held} />
        </span>
      ),
    },
    { id: 'tracks', label: t('order:field.tracks'), width: 120, render: row => <FiveTracks tracks={row.tracks} /> },
    { id: 'required_on', label: t('order:field.required_on'), render: row => formatDate(row.required_on) },
    { id: 'payable', label: t('order:field.payable'), end: true, render: row => formatAmount(row.payable) },
    { id: 'open', label: t('order:field.open'), end: true, render: row => formatAmount(row.open) },
  ]
  return (
    <Card
      title={t('customer:orders.title')}
      flush
      extra={found.data?.next && <Link to={`/orders?customer=${customer}`}>{t('customer:orders.all')}</Link>}
    >
      {found.isError ? (
        <ErrorState error={found.error} onRetry={() => void found.refetch()} />
      ) : found.data ? (
        <LineTable
          label={t('customer:orders.title')}
          columns={columns}
          rows={found.data.items}
          rowKey={row => row.id}
          empty={t('customer:orders.none')}
        />
      ) : (
        <PageSkeleton lines={4} />
      )}
    </Card>
  )
}

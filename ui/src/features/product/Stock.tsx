import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Card } from '@/components/Card'
import { ErrorState } from '@/components/ErrorState'
import { type LineColumn, LineTable } from '@/components/LineTable'
import { PageSkeleton } from '@/components/PageSkeleton'
import type { Availability, Product } from '@/lib/api/types'
import { compare, sum } from '@/lib/decimal'
import { formatValue } from '@/lib/format'
import { useAvailability } from './queries'

/** What lies where of a product, and how much of it is free. */
export function ProductStock({ product }: { product: Product }) {
  const { t } = useTranslation()
  const found = useAvailability(product.id)
  const rows = found.data ?? []
  const total = (field: 'on_hand' | 'reserved' | 'available') =>
    rows.length > 1 ? formatValue(sum(rows.map(row => row[field].value))) : undefined
  const columns: LineColumn<Availability>[] = [
    {
      id: 'warehouse',
      label: t('stock:field.warehouse'),
      main: true,
      render: row => (
        <Link to={`/stock/movements?product=${product.id}&warehouse=${row.warehouse.id}`}>{row.warehouse.name}</Link>
      ),
      foot: rows.length > 1 ? t('product:stock.total') : undefined,
    },
    {
      id: 'on_hand',
      label: t('stock:field.on_hand'),
      end: true,
      render: row => formatValue(row.on_hand),
      foot: total('on_hand'),
    },
    {
      id: 'reserved',
      label: t('stock:field.reserved'),
      end: true,
      render: row => formatValue(row.reserved),
      foot: total('reserved'),
    },
    {
      id: 'available',
      label: `${t('stock:field.available')}（${product.unit}）`,
      end: true,
      render: row => (
        <span className={compare(row.available.value, '0') > 0 ? 'strong' : 'strong ink-late'}>
          {formatValue(row.available)}
        </span>
      ),
      foot: total('available'),
    },
  ]
  return (
    <Card
      title={t('product:stock.title')}
      flush
      extra={<Link to={`/stock/movements?product=${product.id}`}>{t('product:stock.movements')}</Link>}
    >
      {found.isError ? (
        <ErrorState error={found.error} onRetry={() => void found.refetch()} />
      ) : found.data ? (
        <LineTable
          label={t('product:stock.title')}
          columns={columns}
          rows={rows}
          rowKey={row => row.warehouse.id}
          empty={t('product:stock.none')}
        />
      ) : (
        <PageSkeleton lines={3} />
      )}
    </Card>
  )
}

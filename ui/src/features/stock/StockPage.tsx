import { AuditOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { TFunction } from 'i18next'
import { lazy, Suspense, useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ListPage } from '@/components/list/ListPage'
import type { Column, Filter, ListSpec } from '@/components/list/spec'
import { useNewLink } from '@/components/NewLink'
import type { StockRow } from '@/lib/api/types'
import { compare, isZero } from '@/lib/decimal'
import { formatQuantity, formatValue } from '@/lib/format'
import { useCan } from '@/lib/session'
import { StockTabs } from './tabs'

const AdjustStock = lazy(() => import('./adjust').then(module => ({ default: module.AdjustStock })))

const filters: Filter[] = [
  { kind: 'pick', key: 'warehouse', label: 'stock:field.warehouse', pick: 'warehouse' },
  { kind: 'flag', key: 'low', label: 'stock:filter.low' },
]

const rowKey = (row: StockRow) => `${row.product.id}-${row.warehouse.id}`

function Available({ row, unit }: { row: StockRow; unit?: boolean }) {
  const some = compare(row.available.value, '0') > 0
  return (
    <span className={some ? 'strong' : 'strong ink-late'}>
      {unit ? formatQuantity(row.available) : formatValue(row.available)}
    </span>
  )
}

function stockColumns(t: TFunction, count: ((row: StockRow) => void) | null): Column<StockRow>[] {
  const columns: Column<StockRow>[] = [
    { id: 'code', label: 'stock:field.code', width: 140, sort: 'product', render: row => row.product.code },
    { id: 'product', label: 'stock:field.product', width: 200, grow: true, render: row => row.product.name },
    { id: 'spec', label: 'stock:field.spec', width: 180, render: row => row.product.spec || '–' },
    { id: 'warehouse', label: 'stock:field.warehouse', width: 140, render: row => row.warehouse.name },
    { id: 'on_hand', label: 'stock:field.on_hand', width: 120, end: true, render: row => formatValue(row.on_hand) },
    { id: 'reserved', label: 'stock:field.reserved', width: 120, end: true, render: row => formatValue(row.reserved) },
    {
      id: 'held',
      label: 'stock:field.held',
      width: 100,
      end: true,
      render: row => (isZero(row.held.value) ? <span className="soft">–</span> : formatValue(row.held)),
    },
    { id: 'available', label: 'stock:field.available', width: 120, end: true, render: row => <Available row={row} /> },
    {
      id: 'in_transit',
      label: 'stock:field.in_transit',
      width: 100,
      end: true,
      render: row => (isZero(row.in_transit.value) ? <span className="soft">–</span> : formatValue(row.in_transit)),
    },
    { id: 'unit', label: 'stock:field.unit', width: 64, render: row => row.product.unit },
  ]
  if (!count) return columns
  return [
    ...columns,
    {
      id: 'actions',
      label: 'stock:field.actions',
      width: 92,
      render: row =>
        row.placed ? (
          <Link to={`/stock/places?product=${row.product.id}&warehouse=${row.warehouse.id}`}>
            {t('stock:by_place')}
          </Link>
        ) : (
          <Button
            type="text"
            size="small"
            icon={<AuditOutlined />}
            aria-label={t('stock:adjust.button_for', { name: row.product.name })}
            onClick={() => count(row)}
          >
            {t('stock:adjust.button')}
          </Button>
        ),
    },
  ]
}

function StockCard({ row }: { row: StockRow }) {
  const { t } = useTranslation()
  return (
    <span className="list-lines">
      <span className="row">
        <span className="strong cut grow">{row.product.name}</span>
        <Available row={row} unit />
      </span>
      <span className="row">
        <span className="soft cut grow">{[row.product.code, row.product.spec].filter(Boolean).join(' · ')}</span>
        <span className="soft">{row.warehouse.name}</span>
      </span>
      <span className="soft">
        {t('stock:field.on_hand')} {formatValue(row.on_hand)} · {t('stock:field.reserved')} {formatValue(row.reserved)}
      </span>
    </span>
  )
}

/** What lies where, and how much of it is free; a row opens its ledger. */
export function StockPage() {
  const { t } = useTranslation()
  const mayAdjust = useCan('stock.adjust')
  const [counting, setCounting] = useState<StockRow | null>(null)
  const count = useCallback((row: StockRow) => setCounting(row), [])
  const receive = useNewLink('stock.receive', '/stock/receive', 'stock:receive.title')
  const spec = useMemo<ListSpec<StockRow>>(
    () => ({
      noun: 'stock',
      path: '/stock',
      title: 'nav:stock',
      rowKey,
      rowHref: row => `/stock/movements?product=${row.product.id}&warehouse=${row.warehouse.id}`,
      rowName: row => `${row.product.name} ${row.warehouse.name}`,
      columns: stockColumns(t, mayAdjust ? count : null),
      filters,
      defaultSort: 'product',
      searchHint: 'stock:search_hint',
      card: row => <StockCard row={row} />,
      above: <StockTabs />,
      extra: receive,
      empty: { title: t('stock:empty.title'), text: t('stock:empty.text'), action: receive },
    }),
    [t, mayAdjust, count, receive],
  )
  return (
    <>
      <ListPage spec={spec} />
      {counting && (
        <Suspense fallback={null}>
          <AdjustStock row={counting} onClose={() => setCounting(null)} />
        </Suspense>
      )}
    </>
  )
}

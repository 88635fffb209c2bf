import type { TFunction } from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ListPage } from '@/components/list/ListPage'
import type { Column, Filter, ListSpec } from '@/components/list/spec'
import { When } from '@/components/When'
import { WordTag } from '@/components/WordTag'
import type { Quantity, StockMovement } from '@/lib/api/types'
import { compare, isZero } from '@/lib/decimal'
import { formatQuantity } from '@/lib/format'
import { StockTabs } from './tabs'

const filters: Filter[] = [
  { kind: 'pick', key: 'product', label: 'stock:field.product', pick: 'product' },
  { kind: 'pick', key: 'warehouse', label: 'stock:field.warehouse', pick: 'warehouse' },
]

const LINKED = ['order', 'shipment', 'transfer', 'stock_count', 'purchase_order']

function hrefOf(row: StockMovement): string {
  if (row.cause?.kind === 'order') return `/orders/${row.cause.id}`
  if (row.cause?.kind === 'shipment') return `/shipments/${row.cause.id}`
  if (row.cause?.kind === 'transfer') return `/stock/transfers/${row.cause.id}`
  if (row.cause?.kind === 'stock_count') return `/stock/counts/${row.cause.id}`
  if (row.cause?.kind === 'purchase_order') return `/purchases/${row.cause.id}`
  return `/products/${row.product.id}`
}

/** The note, where it says more than the number of its cause. */
function noteOf(row: StockMovement): string {
  return row.note === row.cause?.number ? '' : row.note
}

function Delta({ quantity }: { quantity: Quantity }) {
  if (isZero(quantity.value)) return <span className="soft">–</span>
  const up = compare(quantity.value, '0') > 0
  return (
    <span>
      {up ? '+' : ''}
      {formatQuantity(quantity)}
    </span>
  )
}

function Cause({ row }: { row: StockMovement }) {
  if (!row.cause?.number) return <span className="soft">–</span>
  const linked = LINKED.includes(row.cause.kind)
  return linked ? <Link to={hrefOf(row)}>{row.cause.number}</Link> : row.cause.number
}

/** Bin, lot and status, as far as there are any. */
function Spot({ t, row }: { t: TFunction; row: StockMovement }) {
  const status = row.status === 'free' ? '' : t(`stock:status.${row.status}`)
  const parts = [row.bin, status].filter(Boolean).join(' · ')
  if (!parts && !row.lot) return <span className="soft">–</span>
  return (
    <span>
      {parts} {row.lot_id && <Link to={`/stock/lots/${row.lot_id}`}>{row.lot}</Link>}
    </span>
  )
}

function movementColumns(t: TFunction): Column<StockMovement>[] {
  return [
    { id: 'at', label: 'stock:field.at', width: 150, sort: 'at', render: row => <When instant={row.at} exact /> },
    {
      id: 'kind',
      label: 'stock:field.kind',
      width: 110,
      render: row => <WordTag>{t(`stock:kind.${row.kind}`)}</WordTag>,
    },
    {
      id: 'product',
      label: 'stock:field.product',
      width: 200,
      grow: true,
      render: row => (
        <>
          {row.product.name} <span className="soft">{row.product.code}</span>
        </>
      ),
    },
    { id: 'warehouse', label: 'stock:field.warehouse', width: 130, render: row => row.warehouse.name },
    {
      id: 'place',
      label: 'stock:field.place',
      width: 150,
      render: row => <Spot t={t} row={row} />,
    },
    {
      id: 'on_hand_delta',
      label: 'stock:field.on_hand_delta',
      width: 120,
      end: true,
      render: row => <Delta quantity={row.on_hand_delta} />,
    },
    {
      id: 'reserved_delta',
      label: 'stock:field.reserved_delta',
      width: 120,
      end: true,
      render: row => <Delta quantity={row.reserved_delta} />,
    },
    { id: 'cause', label: 'stock:field.cause', width: 150, render: row => <Cause row={row} /> },
    { id: 'by', label: 'stock:field.by', width: 96, render: row => row.by },
    { id: 'note', label: 'stock:field.note', width: 180, render: row => noteOf(row) || '–' },
  ]
}

function MovementCard({ row }: { row: StockMovement }) {
  const { t } = useTranslation()
  return (
    <span className="list-lines">
      <span className="row">
        <WordTag>{t(`stock:kind.${row.kind}`)}</WordTag>
        <span className="cut grow strong">{row.product.name}</span>
        <Delta quantity={isZero(row.on_hand_delta.value) ? row.reserved_delta : row.on_hand_delta} />
      </span>
      <span className="row soft">
        <span className="cut grow">
          {[row.warehouse.name, row.cause?.number, noteOf(row)].filter(Boolean).join(' · ')}
        </span>
        <When instant={row.at} />
      </span>
    </span>
  )
}

const rowKey = (row: StockMovement) => row.id

/** The append-only ledger of stock: each change with what caused it. */
export function MovementsPage() {
  const { t } = useTranslation()
  const spec = useMemo<ListSpec<StockMovement>>(
    () => ({
      noun: 'stock',
      path: '/stock/movements',
      title: 'nav:stock',
      rowKey,
      rowHref: hrefOf,
      rowName: row => `${row.product.name} ${row.cause?.number ?? ''}`,
      columns: movementColumns(t),
      filters,
      defaultSort: '-at',
      card: row => <MovementCard row={row} />,
      above: <StockTabs />,
      empty: { title: t('stock:no_movements.title'), text: t('stock:no_movements.text') },
    }),
    [t],
  )
  return <ListPage spec={spec} />
}

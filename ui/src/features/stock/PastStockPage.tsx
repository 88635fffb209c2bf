import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { ListPage } from '@/components/list/ListPage'
import type { Column, Filter, ListSpec } from '@/components/list/spec'
import type { PastStockRow, Quantity } from '@/lib/api/types'
import { compare, isZero } from '@/lib/decimal'
import { formatQuantity, formatValue } from '@/lib/format'
import { useUrlState } from '@/lib/url-state'
import { StockTabs } from './tabs'

const filters: Filter[] = [
  { kind: 'day', key: 'on', label: 'stock:past.on' },
  { kind: 'pick', key: 'product', label: 'stock:field.product', pick: 'product' },
  { kind: 'pick', key: 'warehouse', label: 'stock:field.warehouse', pick: 'warehouse' },
]

/** What came since, less what went. */
function Since({ quantity }: { quantity: Quantity }) {
  if (isZero(quantity.value)) return <span className="soft">–</span>
  return (
    <span>
      {compare(quantity.value, '0') > 0 ? '+' : ''}
      {formatValue(quantity)}
    </span>
  )
}

const columns: Column<PastStockRow>[] = [
  { id: 'code', label: 'stock:field.code', width: 140, sort: 'product', render: row => row.product.code },
  { id: 'product', label: 'stock:field.product', width: 200, grow: true, render: row => row.product.name },
  { id: 'spec', label: 'stock:field.spec', width: 180, render: row => row.product.spec || '–' },
  { id: 'warehouse', label: 'stock:field.warehouse', width: 140, render: row => row.warehouse.name },
  {
    id: 'on_hand',
    label: 'stock:past.then',
    width: 120,
    end: true,
    render: row => <span className="strong">{formatValue(row.on_hand)}</span>,
  },
  { id: 'since', label: 'stock:past.since', width: 120, end: true, render: row => <Since quantity={row.since} /> },
  { id: 'now', label: 'stock:past.now', width: 120, end: true, render: row => formatValue(row.now) },
  { id: 'unit', label: 'stock:field.unit', width: 64, render: row => row.product.unit },
]

const rowKey = (row: PastStockRow) => `${row.product.id}-${row.warehouse.id}`

function PastCard({ row }: { row: PastStockRow }) {
  const { t } = useTranslation()
  return (
    <span className="list-lines">
      <span className="row">
        <span className="strong cut grow">{row.product.name}</span>
        <span className="strong">{formatQuantity(row.on_hand)}</span>
      </span>
      <span className="row soft">
        <span className="cut grow">{[row.product.code, row.warehouse.name].join(' · ')}</span>
        <span>
          {t('stock:past.now')} {formatValue(row.now)}
        </span>
      </span>
    </span>
  )
}

/** What lay where at the end of a day, by the ledger; a row opens its ledger. */
export function PastStockPage() {
  const { t } = useTranslation()
  const [url] = useUrlState()
  const on = url.on
  const spec = useMemo<ListSpec<PastStockRow>>(
    () => ({
      noun: 'stock',
      path: '/stock/past',
      title: 'nav:stock',
      rowKey,
      rowHref: row => `/stock/movements?product=${row.product.id}&warehouse=${row.warehouse.id}`,
      rowName: row => `${row.product.name} ${row.warehouse.name}`,
      columns,
      filters,
      defaultSort: 'product',
      searchHint: 'stock:search_hint',
      card: row => <PastCard row={row} />,
      above: (
        <>
          <StockTabs />
          <p className="soft list-note">{on ? t('stock:past.of', { day: on }) : t('stock:past.choose')}</p>
        </>
      ),
      empty: { title: t('stock:empty.title'), text: t('stock:empty.text') },
    }),
    [t, on],
  )
  return <ListPage spec={spec} />
}

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { ListPage } from '@/components/list/ListPage'
import type { Column, Filter, ListSpec } from '@/components/list/spec'
import { get } from '@/lib/api/client'
import type { ValuationRow, ValuationSum } from '@/lib/api/types'
import { formatMoney, formatUnitPrice, formatValue } from '@/lib/format'
import { useUrlState } from '@/lib/url-state'
import { StockTabs } from './tabs'

const filters: Filter[] = [
  { kind: 'day', key: 'on', label: 'stock:past.on' },
  { kind: 'pick', key: 'product', label: 'stock:field.product', pick: 'product' },
  { kind: 'pick', key: 'warehouse', label: 'stock:field.warehouse', pick: 'warehouse' },
]
const none = <span className="soft">–</span>

const columns: Column<ValuationRow>[] = [
  { id: 'code', label: 'stock:field.code', width: 140, sort: 'product', render: row => row.product.code },
  { id: 'product', label: 'stock:field.product', width: 200, grow: true, render: row => row.product.name },
  { id: 'warehouse', label: 'stock:field.warehouse', width: 130, render: row => row.warehouse.name },
  { id: 'on_hand', label: 'stock:field.on_hand', width: 110, end: true, render: row => formatValue(row.on_hand) },
  { id: 'unit', label: 'stock:field.unit', width: 60, render: row => row.product.unit },
  {
    id: 'average',
    label: 'place:value.average',
    width: 120,
    end: true,
    render: row => (row.average ? formatUnitPrice(row.average) : none),
  },
  {
    id: 'by_average',
    label: 'place:value.by_average',
    width: 140,
    end: true,
    render: row => (row.by_average ? <span className="strong">{formatMoney(row.by_average)}</span> : none),
  },
  {
    id: 'standard',
    label: 'place:value.standard',
    width: 120,
    end: true,
    render: row => (row.standard ? formatUnitPrice(row.standard) : none),
  },
  {
    id: 'by_standard',
    label: 'place:value.by_standard',
    width: 140,
    end: true,
    render: row => (row.by_standard ? formatMoney(row.by_standard) : none),
  },
]

/** What the stock is worth, now or at the end of a day, by moving average and by standard cost. */
export function ValuationPage() {
  const { t } = useTranslation()
  const [url] = useUrlState()
  const { on, product, warehouse } = url
  const sum = useQuery({
    queryKey: ['stock', 'valuation', 'sum', on, product, warehouse],
    queryFn: () => get<ValuationSum>('/stock/valuation/sum', { on, product, warehouse }),
  })
  const whole = sum.data
  const spec = useMemo<ListSpec<ValuationRow>>(
    () => ({
      noun: 'stock',
      path: '/stock/valuation',
      title: 'place:value.title',
      rowKey: row => `${row.product.id}-${row.warehouse.id}`,
      rowHref: row => `/stock/movements?product=${row.product.id}&warehouse=${row.warehouse.id}`,
      rowName: row => `${row.product.name} ${row.warehouse.name}`,
      columns,
      filters,
      defaultSort: 'product',
      searchHint: 'stock:search_hint',
      card: row => (
        <span className="list-lines">
          <span className="row">
            <span className="strong cut grow">{row.product.name}</span>
            <span className="num strong">{row.by_average ? formatMoney(row.by_average) : '–'}</span>
          </span>
          <span className="row soft">
            <span className="cut grow">{row.warehouse.name}</span>
            <span className="num">{formatValue(row.on_hand)}</span>
          </span>
        </span>
      ),
      above: (
        <>
          <StockTabs />
          <p className="list-note">
            {whole && (
              <>
                <span className="strong">{t('place:value.sum', { sum: formatMoney(whole.by_average) })}</span>
                {whole.without_average > 0 && ` ${t('place:value.without', { count: whole.without_average })}`}
                {' · '}
                {t('place:value.sum_standard', { sum: formatMoney(whole.by_standard) })}
                {whole.without_standard > 0 && ` ${t('place:value.without', { count: whole.without_standard })}`}
              </>
            )}
          </p>
        </>
      ),
      empty: { title: t('stock:empty.title'), text: t('stock:empty.text') },
    }),
    [t, whole],
  )
  return <ListPage spec={spec} />
}

/** Columns, filters and card of the product list. */
import type { TFunction } from 'i18next'
import { InactiveTag } from '@/components/ActiveButton'
import { ACTIVE_FILTER, type Column, type Filter, optionsOf } from '@/components/list/spec'
import { PRODUCT_KINDS, type Product } from '@/lib/api/types'
import { formatRate, formatUnitPrice } from '@/lib/format'
import { formatBarcode } from '@/lib/gtin'

export const productFilters: Filter[] = [
  {
    kind: 'choice',
    key: 'kind',
    label: 'product:field.kind',
    options: optionsOf(PRODUCT_KINDS, code => `product:kind.${code}`),
  },
  ACTIVE_FILTER,
]

export function productColumns(t: TFunction, currency: string, maySeeCost: boolean): Column<Product>[] {
  const cost: Column<Product> = {
    id: 'standard_cost',
    label: t('product:field.standard_cost_in', { currency }),
    width: 140,
    end: true,
    render: row => formatUnitPrice(row.standard_cost ?? null),
  }
  return [
    { id: 'code', label: 'product:field.code', width: 140, sort: 'code', render: row => row.code },
    {
      id: 'name',
      label: 'product:field.name',
      width: 200,
      grow: true,
      sort: 'name',
      render: row => (
        <span className="row">
          <span className="cut">{row.name}</span>
          <InactiveTag active={row.active} />
        </span>
      ),
    },
    { id: 'spec', label: 'product:field.spec', width: 180, render: row => row.spec || '–' },
    { id: 'unit', label: 'product:field.unit', width: 64, render: row => row.unit },
    { id: 'category', label: 'product:field.category', width: 120, render: row => row.category || '–' },
    { id: 'kind', label: 'product:field.kind', width: 90, render: row => t(`product:kind.${row.kind}`) },
    {
      id: 'list_price',
      label: t('product:field.list_price_in', { currency }),
      width: 140,
      end: true,
      render: row => formatUnitPrice(row.list_price),
    },
    ...(maySeeCost ? [cost] : []),
    { id: 'tax_rate', label: 'product:field.tax_rate', width: 76, end: true, render: row => formatRate(row.tax_rate) },
    {
      id: 'barcode',
      label: 'product:field.barcode',
      width: 140,
      // There is room for one of the two.
      optional: maySeeCost,
      render: row => <span className="mono">{formatBarcode(row.barcode) || '–'}</span>,
    },
    {
      id: 'lead_days',
      label: 'product:field.lead_days',
      width: 120,
      end: true,
      optional: true,
      render: row => row.lead_days,
    },
  ]
}

/** A product in the list at phone width. */
export function ProductCard({ row }: { row: Product }) {
  return (
    <span className="list-lines">
      <span className="row">
        <span className="strong cut grow">{row.name}</span>
        <InactiveTag active={row.active} />
        <span className="mono">{formatUnitPrice(row.list_price)}</span>
      </span>
      <span className="row">
        <span className="soft cut grow">{[row.code, row.spec].filter(Boolean).join(' · ')}</span>
        <span className="soft">/ {row.unit}</span>
      </span>
    </span>
  )
}

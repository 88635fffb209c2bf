import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { lazy, Suspense, useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'react-router'
import { ListPage } from '@/components/list/ListPage'
import { type Column, type Filter, type ListSpec, optionsOf } from '@/components/list/spec'
import { CATEGORIES, CHANNELS, CURRENCIES, GRADES, type Price } from '@/lib/api/types'
import { formatQuantity, formatUnitPrice } from '@/lib/format'
import { useShortcuts } from '@/lib/keyboard'
import { useCan } from '@/lib/session'
import { useUrlState } from '@/lib/url-state'
import { useNarrow } from '@/lib/viewport'
import { Buyers } from './Buyers'
import { ActionsCell, FromCell, MinQuantityCell, StateCell, ToCell, UnitPriceCell } from './cells'
import { PriceEditing } from './edit'
import './price.css'

const CreatePrice = lazy(() => import('./create').then(module => ({ default: module.CreatePrice })))

const filters: Filter[] = [
  { kind: 'pick', key: 'product', label: 'price:field.product', pick: 'product' },
  { kind: 'pick', key: 'customer', label: 'price:field.customer', pick: 'customer' },
  {
    kind: 'choice',
    key: 'grade',
    label: 'price:field.grade',
    options: GRADES.map(value => ({ value, label: value })),
  },
  {
    kind: 'choice',
    key: 'category',
    label: 'price:field.category',
    options: optionsOf(CATEGORIES, code => `order:category.${code}`),
  },
  {
    kind: 'choice',
    key: 'channel',
    label: 'price:field.channel',
    options: optionsOf(CHANNELS, code => `order:channel.${code}`),
  },
  {
    kind: 'choice',
    key: 'currency',
    label: 'price:field.currency',
    options: CURRENCIES.map(value => ({ value, label: value })),
  },
]

function priceColumns(mayEdit: boolean): Column<Price>[] {
  const columns: Column<Price>[] = [
    {
      id: 'product',
      label: 'price:field.product',
      width: 200,
      grow: true,
      sort: 'product',
      render: row => `${row.product.code}  ${row.product.name}`,
    },
    {
      id: 'customer',
      label: 'price:field.buyers',
      width: 190,
      grow: true,
      render: row => <Buyers price={row} />,
    },
    {
      id: 'min_quantity',
      label: 'price:field.min_quantity',
      width: 112,
      end: true,
      render: row => <MinQuantityCell price={row} />,
    },
    {
      id: 'unit_price',
      label: 'price:field.unit_price',
      width: 136,
      end: true,
      render: row => <UnitPriceCell price={row} />,
    },
    { id: 'currency', label: 'price:field.currency', width: 64, render: row => row.unit_price.currency },
    { id: 'unit', label: 'product:field.unit', width: 56, render: row => row.product.unit },
    { id: 'valid_from', label: 'price:field.valid_from', width: 132, render: row => <FromCell price={row} /> },
    { id: 'valid_to', label: 'price:field.valid_to', width: 132, render: row => <ToCell price={row} /> },
    { id: 'state', label: 'price:field.state', width: 96, render: row => <StateCell price={row} /> },
  ]
  if (!mayEdit) return columns
  return [
    ...columns,
    { id: 'actions', label: 'price:field.actions', width: 84, render: row => <ActionsCell price={row} /> },
  ]
}

function PriceCard({ row }: { row: Price }) {
  const { t } = useTranslation()
  return (
    <span className="list-lines">
      <span className="row">
        <span className="strong cut grow">{row.product.name}</span>
        <span className="strong mono">
          {row.unit_price.currency} {formatUnitPrice(row.unit_price)} / {row.product.unit}
        </span>
      </span>
      <span className="row">
        <span className="soft cut grow">
          <Buyers price={row} />
        </span>
        <span className="soft">{t('price:from_quantity', { quantity: formatQuantity(row.min_quantity) })}</span>
        <StateCell price={row} />
      </span>
    </span>
  )
}

const rowKey = (row: Price) => row.id

/** The price book: list prices and those of single customers, with their quantity steps. */
export function PricesPage() {
  const { t } = useTranslation()
  const mayEdit = useCan('price.edit')
  const [url, change] = useUrlState()
  const { search } = useLocation()
  const narrow = useNarrow()
  const edit = useCallback((id: string | null) => change({ edit: id }), [change])
  const add = useCallback(() => change({ new: '1' }), [change])
  useShortcuts(mayEdit ? [{ keys: 'n', label: 'price:new', run: add }] : [])
  const spec = useMemo<ListSpec<Price>>(() => {
    const create = mayEdit && (
      <Button type="primary" icon={<PlusOutlined />} onClick={add}>
        {t('price:new')}
      </Button>
    )
    const opened = (id: string) => {
      const params = new URLSearchParams(search)
      params.set('edit', id)
      return `/prices?${params}`
    }
    return {
      noun: 'prices',
      path: '/prices',
      title: 'nav:prices',
      rowKey,
      rowHref: row => (mayEdit && !narrow ? opened(row.id) : `/products/${row.product.id}`),
      rowName: row => row.product.name,
      columns: priceColumns(mayEdit),
      filters,
      defaultSort: 'product',
      searchHint: 'price:search_hint',
      card: row => <PriceCard row={row} />,
      extra: create,
      empty: { title: t('price:empty.title'), text: t('price:empty.text'), action: create },
    }
  }, [t, mayEdit, narrow, add, search])
  return (
    <PriceEditing id={mayEdit ? (url.edit ?? null) : null} onChange={edit}>
      <ListPage spec={spec} />
      {url.new && (
        <Suspense fallback={null}>
          <CreatePrice onClose={() => change({ new: null })} />
        </Suspense>
      )}
    </PriceEditing>
  )
}

import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { ListPage } from '@/components/list/ListPage'
import type { ListSpec } from '@/components/list/spec'
import { useNewLink } from '@/components/NewLink'
import type { Product } from '@/lib/api/types'
import { useSession } from '@/lib/session'
import { ProductCard, productColumns, productFilters } from './list'

const rowKey = (row: Product) => row.id

export function ProductsPage() {
  const { t } = useTranslation()
  const { session, can } = useSession()
  const { currency } = session.company
  const maySeeCost = can('product.cost')
  const create = useNewLink('product.create', '/products/new', 'product:new')
  const spec = useMemo<ListSpec<Product>>(
    () => ({
      noun: 'products',
      path: '/products',
      title: 'nav:products',
      rowKey,
      rowHref: row => `/products/${row.id}`,
      rowName: row => row.name,
      columns: productColumns(t, currency, maySeeCost),
      filters: productFilters,
      defaultSort: 'code',
      searchHint: 'product:search_hint',
      card: row => <ProductCard row={row} />,
      extra: create,
      empty: { title: t('product:empty.title'), text: t('product:empty.text'), action: create },
    }),
    [t, currency, maySeeCost, create],
  )
  return <ListPage spec={spec} />
}

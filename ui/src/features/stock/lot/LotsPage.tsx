import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { ListPage } from '@/components/list/ListPage'
import type { Column, Filter, ListSpec } from '@/components/list/spec'
import { When } from '@/components/When'
import type { LotRow } from '@/lib/api/types'
import { formatQuantity } from '@/lib/format'
import { LastDay } from '../place/LastDay'
import { StockTabs } from '../tabs'

const filters: Filter[] = [
  { kind: 'pick', key: 'product', label: 'stock:field.product', pick: 'product' },
  { kind: 'day', key: 'until', label: 'place:until' },
  { kind: 'flag', key: 'on_hand', label: 'place:only_on_hand' },
]

const columns: Column<LotRow>[] = [
  { id: 'code', label: 'stock:field.lot', width: 160, sort: 'code', render: row => row.code },
  {
    id: 'product',
    label: 'stock:field.product',
    width: 220,
    grow: true,
    render: row => (
      <>
        {row.product.name} <span className="soft">{row.product.code}</span>
      </>
    ),
  },
  { id: 'origin', label: 'place:origin', width: 160, render: row => row.origin || '–' },
  { id: 'made_on', label: 'place:made_on', width: 120, render: row => row.made_on ?? '–' },
  {
    id: 'expires_on',
    label: 'stock:field.expires_on',
    width: 120,
    sort: 'expires_on',
    render: row => <LastDay day={row.expires_on} />,
  },
  { id: 'on_hand', label: 'stock:field.on_hand', width: 130, end: true, render: row => formatQuantity(row.on_hand) },
  {
    id: 'created_at',
    label: 'place:first_seen',
    width: 150,
    sort: 'created_at',
    render: row => <When instant={row.created_at} exact />,
  },
]

/** Lots and serial numbers; a row opens the way it went. */
export function LotsPage() {
  const { t } = useTranslation()
  const spec = useMemo<ListSpec<LotRow>>(
    () => ({
      noun: 'lots',
      path: '/lots',
      title: 'place:lots',
      rowKey: row => row.id,
      rowHref: row => `/stock/lots/${row.id}`,
      rowName: row => row.code,
      columns,
      filters,
      defaultSort: '-created_at',
      searchHint: 'place:lot_search',
      card: row => (
        <span className="list-lines">
          <span className="row">
            <span className="strong cut grow">{row.code}</span>
            <span className="num">{formatQuantity(row.on_hand)}</span>
          </span>
          <span className="row soft">
            <span className="cut grow">{row.product.name}</span>
            <LastDay day={row.expires_on} />
          </span>
        </span>
      ),
      above: <StockTabs />,
      empty: { title: t('place:no_lots.title'), text: t('place:no_lots.text') },
    }),
    [t],
  )
  return <ListPage spec={spec} />
}

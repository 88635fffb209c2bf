import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { ListPage } from '@/components/list/ListPage'
import type { Column, Filter, ListSpec, View } from '@/components/list/spec'
import { useNewLink } from '@/components/NewLink'
import { When } from '@/components/When'
import type { TransferRow } from '@/lib/api/types'
import { StockTabs } from '../tabs'
import { TransferStatusTag } from './tags'

const views: View[] = [
  { value: 'open', label: 'place:transfer.view.open', query: { status: 'draft,sent' } },
  { value: 'sent', label: 'place:transfer.status.sent', query: { status: 'sent' } },
  { value: 'all', label: 'common:all', query: {} },
]
const filters: Filter[] = [{ kind: 'pick', key: 'warehouse', label: 'stock:field.warehouse', pick: 'warehouse' }]

const columns: Column<TransferRow>[] = [
  { id: 'number', label: 'place:transfer.number', width: 130, sort: 'number', render: row => row.number },
  {
    id: 'status',
    label: 'stock:field.status',
    width: 110,
    render: row => <TransferStatusTag status={row.status} />,
  },
  { id: 'from', label: 'place:transfer.from', width: 160, render: row => row.from.name },
  { id: 'to', label: 'place:transfer.to', width: 160, grow: true, render: row => row.to.name },
  { id: 'lines', label: 'place:lines', width: 80, end: true, render: row => row.line_count },
  { id: 'expected_on', label: 'place:transfer.expected_on', width: 120, render: row => row.expected_on ?? '–' },
  { id: 'by', label: 'stock:field.by', width: 120, render: row => row.created_by },
  {
    id: 'created_at',
    label: 'stock:field.at',
    width: 150,
    sort: 'created_at',
    render: row => <When instant={row.created_at} exact />,
  },
]

/** Goods between warehouses; what is open first. */
export function TransfersPage() {
  const { t } = useTranslation()
  const create = useNewLink('stock.transfer', '/stock/transfers/new', 'place:transfer.new')
  const spec = useMemo<ListSpec<TransferRow>>(
    () => ({
      noun: 'transfers',
      path: '/transfers',
      title: 'place:transfers',
      rowKey: row => row.id,
      rowHref: row => `/stock/transfers/${row.id}`,
      rowName: row => row.number,
      columns,
      filters,
      views,
      defaultSort: '-created_at',
      searchHint: 'place:number_search',
      card: row => (
        <span className="list-lines">
          <span className="row">
            <span className="strong cut grow">{row.number}</span>
            <TransferStatusTag status={row.status} />
          </span>
          <span className="soft cut">
            {row.from.name} → {row.to.name}
          </span>
        </span>
      ),
      above: <StockTabs />,
      extra: create,
      empty: { title: t('place:transfer.empty.title'), text: t('place:transfer.empty.text'), action: create },
    }),
    [t, create],
  )
  return <ListPage spec={spec} />
}

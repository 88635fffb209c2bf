import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { lazy, Suspense, useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { ListPage } from '@/components/list/ListPage'
import type { Column, Filter, ListSpec, View } from '@/components/list/spec'
import { When } from '@/components/When'
import type { StockCountRow } from '@/lib/api/types'
import { useShortcuts } from '@/lib/keyboard'
import { useCan } from '@/lib/session'
import { useUrlState } from '@/lib/url-state'
import { StockTabs } from '../tabs'
import { CountStatusTag } from './tags'

const OpenDialog = lazy(() => import('./OpenDialog'))

const views: View[] = [
  { value: 'open', label: 'place:count_of.view.open', query: { status: 'open,submitted' } },
  { value: 'submitted', label: 'place:count_of.status.submitted', query: { status: 'submitted' } },
  { value: 'all', label: 'common:all', query: {} },
]
const filters: Filter[] = [{ kind: 'pick', key: 'warehouse', label: 'stock:field.warehouse', pick: 'warehouse' }]

const columns: Column<StockCountRow>[] = [
  { id: 'number', label: 'place:count_of.number', width: 130, sort: 'number', render: row => row.number },
  { id: 'status', label: 'stock:field.status', width: 110, render: row => <CountStatusTag status={row.status} /> },
  { id: 'warehouse', label: 'stock:field.warehouse', width: 180, grow: true, render: row => row.warehouse.name },
  {
    id: 'counted',
    label: 'place:count_of.counted',
    width: 110,
    end: true,
    render: row => `${row.counted} / ${row.line_count}`,
  },
  { id: 'differ', label: 'place:count_of.differ', width: 90, end: true, render: row => row.differ ?? '–' },
  { id: 'note', label: 'common:note', width: 200, render: row => row.note || '–' },
  { id: 'by', label: 'stock:field.by', width: 120, render: row => row.created_by },
  {
    id: 'created_at',
    label: 'stock:field.at',
    width: 150,
    sort: 'created_at',
    render: row => <When instant={row.created_at} exact />,
  },
]

/** Stock counts; what is open first. */
export function CountsPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const may = useCan('stock.count')
  const [url, change] = useUrlState()
  const add = useCallback(() => change({ new: '1' }), [change])
  useShortcuts(may ? [{ keys: 'n', label: 'place:count_of.new', run: add }] : [])
  const spec = useMemo<ListSpec<StockCountRow>>(() => {
    const create = may && (
      <Button type="primary" icon={<PlusOutlined />} onClick={add}>
        {t('place:count_of.new')}
      </Button>
    )
    return {
      noun: 'stock-counts',
      path: '/stock-counts',
      title: 'place:counts',
      rowKey: row => row.id,
      rowHref: row => `/stock/counts/${row.id}`,
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
            <CountStatusTag status={row.status} />
          </span>
          <span className="row soft">
            <span className="cut grow">{row.warehouse.name}</span>
            <span className="num">
              {row.counted} / {row.line_count}
            </span>
          </span>
        </span>
      ),
      above: <StockTabs />,
      extra: create,
      empty: { title: t('place:count_of.empty.title'), text: t('place:count_of.empty.text'), action: create },
    }
  }, [t, may, add])
  return (
    <>
      <ListPage spec={spec} />
      {url.new && (
        <Suspense fallback={null}>
          <OpenDialog onClose={() => change({ new: null })} onSaved={id => void navigate(`/stock/counts/${id}`)} />
        </Suspense>
      )}
    </>
  )
}

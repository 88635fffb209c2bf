import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { lazy, Suspense, useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { ListPage } from '@/components/list/ListPage'
import type { Column, Filter, ListSpec, View } from '@/components/list/spec'
import type { RebateRow } from '@/lib/api/types'
import { trim } from '@/lib/decimal'
import { formatMoney } from '@/lib/format'
import { useShortcuts } from '@/lib/keyboard'
import { useCan } from '@/lib/session'
import { useUrlState } from '@/lib/url-state'
import { RebateStatusTag } from './tags'

const RebateForm = lazy(() => import('./RebateForm'))

const views: View[] = [
  { value: 'running', label: 'rebate:view.running', query: { status: 'approved' } },
  { value: 'proposed', label: 'rebate:status.proposed', query: { status: 'proposed' } },
  { value: 'draft', label: 'rebate:status.draft', query: { status: 'draft' } },
  { value: 'settled', label: 'rebate:status.settled', query: { status: 'settled' } },
  { value: 'all', label: 'common:all', query: {} },
]
const filters: Filter[] = [{ kind: 'pick', key: 'customer', label: 'rebate:field.customer', pick: 'customer' }]

/** What counts so far, of the agreement's basis. */
export const turnover = (row: RebateRow) => (row.basis === 'amount' ? formatMoney(row.turnover) : trim(row.quantity))

const columns: Column<RebateRow>[] = [
  { id: 'number', label: 'rebate:field.number', width: 140, sort: 'number', render: row => row.number },
  { id: 'customer', label: 'rebate:field.customer', width: 200, grow: true, render: row => row.customer.name },
  { id: 'status', label: 'rebate:field.status', width: 110, render: row => <RebateStatusTag status={row.status} /> },
  { id: 'valid_from', label: 'rebate:field.valid_from', width: 110, render: row => row.valid_from },
  { id: 'valid_to', label: 'rebate:field.valid_to', width: 110, sort: 'valid_to', render: row => row.valid_to },
  { id: 'turnover', label: 'rebate:field.turnover', width: 140, end: true, render: turnover },
  { id: 'tier', label: 'rebate:field.tier', width: 80, end: true, render: row => `${row.tier} / ${row.tier_count}` },
  {
    id: 'rebate',
    label: 'rebate:field.rebate',
    width: 130,
    end: true,
    render: row => (row.rebate ? formatMoney(row.rebate) : '—'),
  },
]

/** Every rebate agreement; those that run first. */
export function RebatesPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const mayWrite = useCan('rebate.create')
  const [url, change] = useUrlState()
  const add = useCallback(() => change({ new: '1' }), [change])
  useShortcuts(mayWrite ? [{ keys: 'n', label: 'rebate:new', run: add }] : [])
  const spec = useMemo<ListSpec<RebateRow>>(() => {
    const create = mayWrite && (
      <Button type="primary" icon={<PlusOutlined />} onClick={add}>
        {t('rebate:new')}
      </Button>
    )
    return {
      noun: 'rebates',
      path: '/rebates',
      title: 'nav:rebates',
      rowKey: row => row.id,
      rowHref: row => `/rebates/${row.id}`,
      rowName: row => row.number,
      columns,
      filters,
      views,
      defaultSort: '-created_at',
      searchHint: 'rebate:search_hint',
      extra: create,
      card: row => (
        <span className="list-lines">
          <span className="row">
            <span className="strong cut grow">{row.customer.name}</span>
            <RebateStatusTag status={row.status} />
          </span>
          <span className="row soft">
            <span className="cut grow">
              {row.number} · {row.valid_to}
            </span>
            <span className="num">{row.rebate ? formatMoney(row.rebate) : '—'}</span>
          </span>
        </span>
      ),
      empty: { title: t('rebate:empty.title'), text: t('rebate:empty.text'), action: create },
    }
  }, [t, mayWrite, add])
  return (
    <>
      <ListPage spec={spec} />
      {url.new && (
        <Suspense fallback={null}>
          <RebateForm onClose={() => change({ new: null })} onSaved={id => void navigate(`/rebates/${id}`)} />
        </Suspense>
      )}
    </>
  )
}

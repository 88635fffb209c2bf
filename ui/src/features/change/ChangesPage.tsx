import type { TFunction } from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ListPage } from '@/components/list/ListPage'
import type { Column, Filter, ListSpec, View } from '@/components/list/spec'
import { MoneyText } from '@/components/MoneyText'
import { When } from '@/components/When'
import type { ChangeRow } from '@/lib/api/types'
import { formatMoney } from '@/lib/format'
import { ChangeStatusTag } from './tags'

const views: View[] = [
  { value: 'open', label: 'change:view.open', query: { status: 'submitted,answering' } },
  { value: 'mine', label: 'change:view.mine', query: { mine: true } },
  { value: 'draft', label: 'change:status.draft', query: { status: 'draft' } },
  { value: 'applied', label: 'change:status.applied', query: { status: 'applied' } },
  { value: 'no', label: 'change:view.no', query: { status: 'rejected,refused,withdrawn' } },
  { value: 'all', label: 'common:all', query: {} },
]
const filters: Filter[] = [{ kind: 'pick', key: 'customer', label: 'change:field.customer', pick: 'customer' }]
const rowKey = (row: ChangeRow) => row.id

function columnsOf(t: TFunction): Column<ChangeRow>[] {
  return [
    { id: 'number', label: 'change:field.number', width: 140, sort: 'number', render: row => row.number },
    {
      id: 'order',
      label: 'change:field.order',
      width: 140,
      render: row => <Link to={`/orders/${row.order.id}?tab=changes`}>{row.order.number}</Link>,
    },
    { id: 'customer', label: 'change:field.customer', width: 200, grow: true, render: row => row.customer.name },
    { id: 'status', label: 'change:field.status', width: 130, render: row => <ChangeStatusTag status={row.status} /> },
    { id: 'kinds', label: 'change:field.kinds', width: 200, render: row => row.kinds.join('、') },
    {
      id: 'reason',
      label: 'change:field.reason',
      width: 220,
      grow: true,
      render: row => <span title={row.reason}>{row.reason}</span>,
    },
    {
      id: 'payable',
      label: 'change:field.payable_after',
      width: 130,
      end: true,
      render: row => (row.payable_after ? <MoneyText money={row.payable_after} /> : '–'),
    },
    {
      id: 'side',
      label: 'change:field.side',
      width: 110,
      optional: true,
      render: row => t(`change:side.${row.side}`),
    },
    { id: 'created_by', label: 'change:field.created_by', width: 100, render: row => row.created_by.name },
    {
      id: 'created_at',
      label: 'change:field.created_at',
      width: 120,
      sort: 'created_at',
      render: row => <When instant={row.created_at} />,
    },
  ]
}

function card(row: ChangeRow) {
  return (
    <span className="list-lines">
      <span className="row">
        <span className="strong cut grow">{row.customer.name}</span>
        <ChangeStatusTag status={row.status} />
      </span>
      <span className="row soft">
        <span className="cut grow">{[row.number, row.order.number, row.kinds.join('、')].join(' · ')}</span>
        {row.payable_after && formatMoney(row.payable_after)}
      </span>
    </span>
  )
}

/** Every change of an order that has taken effect, those that are not decided yet first. */
export function ChangesPage() {
  const { t } = useTranslation()
  const spec = useMemo<ListSpec<ChangeRow>>(
    () => ({
      noun: 'changes',
      path: '/changes',
      title: 'nav:changes',
      rowKey,
      rowHref: row => `/changes/${row.id}`,
      rowName: row => row.number,
      columns: columnsOf(t),
      filters,
      views,
      defaultSort: '-created_at',
      searchHint: 'change:search_hint',
      card,
      empty: { title: t('change:empty.title'), text: t('change:empty.text') },
    }),
    [t],
  )
  return <ListPage spec={spec} />
}

import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ListPage } from '@/components/list/ListPage'
import { type Column, type Filter, type ListSpec, optionsOf, type View } from '@/components/list/spec'
import { When } from '@/components/When'
import { formatMoney } from '@/lib/format'
import { useCan } from '@/lib/session'
import { type PurchaseRow, STATUSES } from './queries'
import { Expected, PurchaseStatusTag } from './tags'

const views: View[] = [
  { value: 'open', label: 'purchase:view.open', query: { status: 'sent,confirmed,partly_received' } },
  { value: 'late', label: 'purchase:view.late', query: { late: true } },
  { value: 'draft', label: 'purchase:status.draft', query: { status: 'draft' } },
  { value: 'received', label: 'purchase:status.received', query: { status: 'received,closed' } },
  { value: 'all', label: 'common:all', query: {} },
]
const filters: Filter[] = [
  { kind: 'pick', key: 'supplier', label: 'purchase:field.supplier', pick: 'supplier' },
  { kind: 'pick', key: 'product', label: 'purchase:field.product', pick: 'product' },
  { kind: 'pick', key: 'warehouse', label: 'purchase:field.warehouse', pick: 'warehouse' },
  {
    kind: 'choice',
    key: 'status',
    label: 'purchase:field.status',
    many: true,
    options: optionsOf(STATUSES, status => `purchase:status.${status}`),
  },
]

const columns: Column<PurchaseRow>[] = [
  { id: 'number', label: 'purchase:field.number', width: 150, sort: 'number', render: row => row.number },
  {
    id: 'supplier',
    label: 'purchase:field.supplier',
    width: 200,
    grow: true,
    sort: 'supplier',
    render: row => row.supplier.name,
  },
  {
    id: 'status',
    label: 'purchase:field.status',
    width: 110,
    render: row => <PurchaseStatusTag status={row.status} />,
  },
  {
    id: 'expected_on',
    label: 'purchase:field.expected_on',
    width: 170,
    render: row => <Expected on={row.expected_on} late={row.late_days} />,
  },
  { id: 'warehouse', label: 'purchase:field.warehouse', width: 120, render: row => row.warehouse.name },
  { id: 'lines', label: 'purchase:field.lines', width: 70, end: true, render: row => row.line_count },
  { id: 'total', label: 'purchase:field.total', width: 140, end: true, render: row => formatMoney(row.total) },
  { id: 'ordered_on', label: 'purchase:field.ordered_on', width: 110, render: row => row.ordered_on ?? '–' },
  {
    id: 'supplier_ref',
    label: 'purchase:field.supplier_ref',
    width: 130,
    optional: true,
    render: row => row.supplier_ref || '–',
  },
  {
    id: 'created_at',
    label: 'purchase:field.created_at',
    width: 120,
    sort: 'created_at',
    render: row => <When instant={row.created_at} />,
  },
]

/** Purchase orders; what is on its way first (PUR-01). */
export function PurchasesPage() {
  const { t } = useTranslation()
  const mayWrite = useCan('purchase.create')
  const spec = useMemo<ListSpec<PurchaseRow>>(() => {
    const add = mayWrite && (
      <Link to="/purchases/new">
        <Button type="primary" icon={<PlusOutlined />} tabIndex={-1}>
          {t('purchase:new')}
        </Button>
      </Link>
    )
    return {
      noun: 'purchases',
      path: '/purchases',
      title: 'nav:purchases',
      rowKey: row => row.id,
      rowHref: row => `/purchases/${row.id}`,
      rowName: row => row.number,
      columns,
      filters,
      views,
      defaultSort: '-created_at',
      searchHint: 'purchase:search_hint',
      extra: add,
      card: row => (
        <span className="list-lines">
          <span className="row">
            <span className="strong cut grow">{row.number}</span>
            <PurchaseStatusTag status={row.status} />
          </span>
          <span className="row soft">
            <span className="cut grow">{row.supplier.name}</span>
            <Expected on={row.expected_on} late={row.late_days} />
          </span>
        </span>
      ),
      empty: { title: t('purchase:empty.title'), text: t('purchase:empty.text'), action: add },
    }
  }, [t, mayWrite])
  return <ListPage spec={spec} />
}

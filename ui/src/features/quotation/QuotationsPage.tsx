import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { TFunction } from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ListPage } from '@/components/list/ListPage'
import { type Column, type Filter, type ListSpec, optionsOf, type View } from '@/components/list/spec'
import { MoneyText } from '@/components/MoneyText'
import { When } from '@/components/When'
import { QUOTATION_STATUSES, type QuotationRow } from '@/lib/api/types'
import { formatMoney } from '@/lib/format'
import { useCan } from '@/lib/session'
import { QuotationStatusTag, Validity } from './tags'

const views: View[] = [
  { value: 'open', label: 'quotation:view.open', query: { status: 'draft,submitted,approved,sent' } },
  { value: 'mine', label: 'quotation:view.mine', query: { mine: true } },
  { value: 'submitted', label: 'quotation:status.submitted', query: { status: 'submitted' } },
  { value: 'sent', label: 'quotation:status.sent', query: { status: 'sent' } },
  { value: 'expired', label: 'quotation:status.expired', query: { status: 'expired' } },
  { value: 'won', label: 'quotation:status.won', query: { status: 'won' } },
  { value: 'lost', label: 'quotation:status.lost', query: { status: 'lost' } },
  { value: 'all', label: 'common:all', query: {} },
]
const filters: Filter[] = [
  { kind: 'pick', key: 'customer', label: 'quotation:field.customer', pick: 'customer' },
  { kind: 'pick', key: 'product', label: 'quotation:field.product', pick: 'product' },
  {
    kind: 'choice',
    key: 'status',
    label: 'quotation:field.status',
    many: true,
    options: optionsOf(QUOTATION_STATUSES, status => `quotation:status.${status}`),
  },
  { kind: 'flag', key: 'all_versions', label: 'quotation:all_versions' },
]
const rowKey = (row: QuotationRow) => row.id
const numbered = (t: TFunction, row: QuotationRow) =>
  row.revision > 1 ? `${row.number} ${t('quotation:revision', { no: row.revision })}` : row.number

function columnsOf(t: TFunction): Column<QuotationRow>[] {
  return [
    { id: 'number', label: 'quotation:field.number', width: 170, sort: 'number', render: row => numbered(t, row) },
    { id: 'customer', label: 'quotation:field.customer', width: 200, grow: true, render: row => row.customer.name },
    {
      id: 'status',
      label: 'quotation:field.status',
      width: 110,
      render: row => <QuotationStatusTag status={row.status} />,
    },
    {
      id: 'payable',
      label: 'quotation:field.payable',
      width: 130,
      end: true,
      sort: 'payable',
      render: row => <MoneyText money={row.payable} />,
    },
    {
      id: 'valid_until',
      label: 'quotation:field.valid_until',
      width: 170,
      sort: 'valid_until',
      render: row => <Validity {...row} />,
    },
    { id: 'rep', label: 'quotation:field.rep', width: 100, render: row => row.rep?.name ?? '–' },
    {
      id: 'reason',
      label: 'quotation:field.reason',
      width: 180,
      render: row => {
        const text = [row.reason && t(`quotation:reason.${row.reason}`), row.end_note].filter(Boolean).join('：')
        return <span title={text}>{text || '–'}</span>
      },
    },
    {
      id: 'created_by',
      label: 'quotation:field.created_by',
      width: 100,
      optional: true,
      render: row => row.created_by.name,
    },
    {
      id: 'created_at',
      label: 'quotation:field.created_at',
      width: 120,
      sort: 'created_at',
      render: row => <When instant={row.created_at} />,
    },
  ]
}

/** Every quotation in its latest version; those that are still running first. */
export function QuotationsPage() {
  const { t } = useTranslation()
  const mayWrite = useCan('quotation.create')
  const add = mayWrite && (
    <Link to="/quotations/new">
      <Button type="primary" icon={<PlusOutlined />} tabIndex={-1}>
        {t('quotation:new')}
      </Button>
    </Link>
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: the button changes only with the permission
  const spec = useMemo<ListSpec<QuotationRow>>(
    () => ({
      noun: 'quotations',
      path: '/quotations',
      title: 'nav:quotations',
      rowKey,
      rowHref: row => `/quotations/${row.id}`,
      rowName: row => numbered(t, row),
      columns: columnsOf(t),
      filters,
      views,
      defaultSort: '-created_at',
      searchHint: 'quotation:search_hint',
      extra: add,
      card: row => (
        <span className="list-lines">
          <span className="row">
            <span className="strong cut grow">{row.customer.name}</span>
            <QuotationStatusTag status={row.status} />
          </span>
          <span className="row soft">
            <span className="cut grow">
              {numbered(t, row)} · <Validity {...row} />
            </span>
            {formatMoney(row.payable)}
          </span>
        </span>
      ),
      empty: { title: t('quotation:empty.title'), text: t('quotation:empty.text'), action: add },
    }),
    [t, mayWrite],
  )
  return <ListPage spec={spec} />
}

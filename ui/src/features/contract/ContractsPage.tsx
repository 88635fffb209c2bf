import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { TFunction } from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ListPage } from '@/components/list/ListPage'
import { type Column, type Filter, type ListSpec, optionsOf, type View } from '@/components/list/spec'
import { When } from '@/components/When'
import { CONTRACT_STATUSES, type ContractRow } from '@/lib/api/types'
import { useCan } from '@/lib/session'
import { ContractStatusTag, LastDay } from './tags'

const views: View[] = [
  { value: 'in_force', label: 'contract:status.in_force', query: { status: 'in_force' } },
  { value: 'draft', label: 'contract:status.draft', query: { status: 'draft' } },
  { value: 'remaining', label: 'contract:view.remaining', query: { remaining: true } },
  { value: 'expired', label: 'contract:status.expired', query: { status: 'expired' } },
  { value: 'ended', label: 'contract:status.ended', query: { status: 'ended' } },
  { value: 'all', label: 'common:all', query: {} },
]
const filters: Filter[] = [
  { kind: 'pick', key: 'customer', label: 'contract:field.customer', pick: 'customer' },
  { kind: 'pick', key: 'product', label: 'contract:field.product', pick: 'product' },
  {
    kind: 'choice',
    key: 'status',
    label: 'contract:field.status',
    many: true,
    options: optionsOf(CONTRACT_STATUSES, status => `contract:status.${status}`),
  },
]

function columnsOf(t: TFunction): Column<ContractRow>[] {
  return [
    { id: 'number', label: 'contract:field.number', width: 150, sort: 'number', render: row => row.number },
    { id: 'title', label: 'contract:field.title', width: 220, grow: true, render: row => row.title },
    { id: 'customer', label: 'contract:field.customer', width: 180, render: row => row.customer.name },
    {
      id: 'status',
      label: 'contract:field.status',
      width: 100,
      render: row => <ContractStatusTag status={row.status} />,
    },
    { id: 'valid_from', label: 'contract:field.valid_from', width: 110, render: row => row.valid_from },
    {
      id: 'valid_to',
      label: 'contract:field.valid_to',
      width: 170,
      sort: 'valid_to',
      render: row => <LastDay {...row} />,
    },
    { id: 'line_count', label: 'contract:field.lines', width: 80, end: true, render: row => row.line_count },
    {
      id: 'signed',
      label: 'contract:field.file',
      width: 100,
      render: row => (row.signed ? t('contract:signed') : <span className="soft">{t('contract:not_signed')}</span>),
    },
    {
      id: 'customer_ref',
      label: 'contract:field.customer_ref',
      width: 130,
      optional: true,
      render: row => row.customer_ref || '–',
    },
    {
      id: 'created_at',
      label: 'contract:field.created_at',
      width: 120,
      sort: 'created_at',
      render: row => <When instant={row.created_at} />,
    },
  ]
}

/** Every contract; those in force first. */
export function ContractsPage() {
  const { t } = useTranslation()
  const mayWrite = useCan('contract.create')
  const add = mayWrite && (
    <Link to="/contracts/new">
      <Button type="primary" icon={<PlusOutlined />} tabIndex={-1}>
        {t('contract:new')}
      </Button>
    </Link>
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: the button changes only with the permission
  const spec = useMemo<ListSpec<ContractRow>>(
    () => ({
      noun: 'contracts',
      path: '/contracts',
      title: 'nav:contracts',
      rowKey: row => row.id,
      rowHref: row => `/contracts/${row.id}`,
      rowName: row => row.number,
      columns: columnsOf(t),
      filters,
      views,
      defaultSort: '-created_at',
      searchHint: 'contract:search_hint',
      extra: add,
      card: row => (
        <span className="list-lines">
          <span className="row">
            <span className="strong cut grow">{row.title}</span>
            <ContractStatusTag status={row.status} />
          </span>
          <span className="row soft">
            <span className="cut grow">{row.customer.name}</span>
            <LastDay {...row} />
          </span>
        </span>
      ),
      empty: { title: t('contract:empty.title'), text: t('contract:empty.text'), action: add },
    }),
    [t, mayWrite],
  )
  return <ListPage spec={spec} />
}

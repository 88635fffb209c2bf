import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { CustomerTabs } from '@/components/CustomerTabs'
import { ListPage } from '@/components/list/ListPage'
import type { ListSpec, View } from '@/components/list/spec'
import { useNewLink } from '@/components/NewLink'
import type { Customer } from '@/lib/api/types'
import { CustomerCard, customerColumns, customerFilters } from './list'

const views: View[] = [
  { value: 'all', label: 'customer:verify.view_all', query: {} },
  { value: 'unverified', label: 'customer:verify.view_open', query: { verified: false } },
]

const rowKey = (row: Customer) => row.id

export function CustomersPage() {
  const { t } = useTranslation()
  const create = useNewLink('customer.create', '/customers/new', 'customer:new')
  const spec = useMemo<ListSpec<Customer>>(
    () => ({
      noun: 'customers',
      path: '/customers',
      title: 'nav:customers',
      rowKey,
      rowHref: row => `/customers/${row.id}`,
      rowName: row => row.name,
      columns: customerColumns(t),
      filters: customerFilters,
      views,
      defaultSort: 'code',
      searchHint: 'customer:search_hint',
      card: row => <CustomerCard row={row} t={t} />,
      above: <CustomerTabs />,
      extra: create,
      empty: { title: t('customer:empty.title'), text: t('customer:empty.text'), action: create },
    }),
    [t, create],
  )
  return <ListPage spec={spec} />
}

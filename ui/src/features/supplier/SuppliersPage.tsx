import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { TFunction } from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { InactiveTag } from '@/components/ActiveButton'
import { ListPage } from '@/components/list/ListPage'
import { ACTIVE_FILTER, type Column, type Filter, type ListSpec } from '@/components/list/spec'
import { useCan } from '@/lib/session'
import type { SupplierRow } from './queries'

const filters: Filter[] = [
  { kind: 'pick', key: 'product', label: 'supplier:field.product', pick: 'product' },
  ACTIVE_FILTER,
]

function columnsOf(t: TFunction): Column<SupplierRow>[] {
  const days = (count: number) => t('supplier:days', { count })
  return [
    { id: 'code', label: 'supplier:field.code', width: 120, sort: 'code', render: row => row.code },
    {
      id: 'name',
      label: 'supplier:field.name',
      width: 220,
      grow: true,
      sort: 'name',
      render: row => (
        <>
          {row.name} <InactiveTag active={row.active} />
        </>
      ),
    },
    { id: 'contact', label: 'supplier:field.contact', width: 110, render: row => row.contact || '–' },
    { id: 'phone', label: 'supplier:field.phone', width: 140, render: row => row.phone || '–' },
    { id: 'products', label: 'supplier:field.products', width: 90, end: true, render: row => row.products },
    {
      id: 'lead_days',
      label: 'supplier:field.lead_days',
      width: 110,
      end: true,
      sort: 'lead_days',
      render: row => days(row.lead_days),
    },
    {
      id: 'terms_days',
      label: 'supplier:field.terms_days',
      width: 100,
      end: true,
      render: row => days(row.terms_days),
    },
    { id: 'currency', label: 'supplier:field.currency', width: 80, render: row => row.currency },
  ]
}

/** Suppliers with the times they state (PUR-01). */
export function SuppliersPage() {
  const { t } = useTranslation()
  const mayEdit = useCan('supplier.edit')
  const spec = useMemo<ListSpec<SupplierRow>>(() => {
    const add = mayEdit && (
      <Link to="/suppliers/new">
        <Button type="primary" icon={<PlusOutlined />} tabIndex={-1}>
          {t('supplier:new')}
        </Button>
      </Link>
    )
    return {
      noun: 'suppliers',
      path: '/suppliers',
      title: 'nav:suppliers',
      rowKey: row => row.id,
      rowHref: row => `/suppliers/${row.id}`,
      rowName: row => row.name,
      columns: columnsOf(t),
      filters,
      defaultSort: 'code',
      searchHint: 'supplier:search_hint',
      extra: add,
      card: row => (
        <span className="list-lines">
          <span className="row">
            <span className="strong cut grow">{row.name}</span>
            <InactiveTag active={row.active} />
          </span>
          <span className="row soft">
            <span className="grow cut">{`${row.code} ${row.contact}`.trim()}</span>
            <span>{t('supplier:days', { count: row.lead_days })}</span>
          </span>
        </span>
      ),
      empty: { title: t('supplier:empty.title'), text: t('supplier:empty.text'), action: add },
    }
  }, [t, mayEdit])
  return <ListPage spec={spec} />
}

import { Button } from 'antd'
import type { TFunction } from 'i18next'
import { lazy, Suspense, useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'
import { InactiveTag } from '@/components/ActiveButton'
import { ListPage } from '@/components/list/ListPage'
import { ACTIVE_FILTER, type Column, type ListSpec } from '@/components/list/spec'
import { useNewLink } from '@/components/NewLink'
import type { Warehouse } from '@/lib/api/types'
import { useUrlState } from '@/lib/url-state'

const BinsDialog = lazy(() => import('./BinsDialog'))
const WarehouseForm = lazy(() => import('./WarehouseForm').then(module => ({ default: module.WarehouseForm })))

const filters = [ACTIVE_FILTER]
const rowKey = (row: Warehouse) => row.id

function warehouseColumns(t: TFunction, bins: (row: Warehouse) => void): Column<Warehouse>[] {
  return [
    { id: 'code', label: 'warehouse:field.code', width: 140, sort: 'code', render: row => row.code },
    {
      id: 'name',
      label: 'warehouse:field.name',
      width: 220,
      sort: 'name',
      render: row => (
        <span className="row">
          <span className="cut">{row.name}</span>
          <InactiveTag active={row.active} />
        </span>
      ),
    },
    { id: 'address', label: 'warehouse:field.address', width: 260, grow: true, render: row => row.address || '–' },
    {
      id: 'bins',
      label: 'warehouse:bins',
      width: 110,
      render: row => (
        <Button type="link" size="small" onClick={() => bins(row)}>
          {t('warehouse:bins')}
        </Button>
      ),
    },
    {
      id: 'stock',
      label: 'nav:stock',
      width: 110,
      render: row => <Link to={`/stock?warehouse=${row.id}`}>{t('warehouse:stock')}</Link>,
    },
  ]
}

/** Places goods lie in; a row opens its form over the list. */
export function WarehousesPage() {
  const { t } = useTranslation()
  const [url, change] = useUrlState()
  const { search } = useLocation()
  const create = useNewLink('warehouse.edit', '/warehouses?edit=new', 'warehouse:new')
  const [binsOf, setBinsOf] = useState<Warehouse | null>(null)
  const close = useCallback(() => change({ edit: null }), [change])
  const spec = useMemo<ListSpec<Warehouse>>(
    () => ({
      noun: 'warehouses',
      path: '/warehouses',
      title: 'nav:warehouses',
      rowKey,
      rowHref: row => {
        const params = new URLSearchParams(search)
        params.set('edit', row.id)
        return `/warehouses?${params}`
      },
      rowName: row => row.name,
      columns: warehouseColumns(t, setBinsOf),
      filters,
      defaultSort: 'code',
      searchHint: 'warehouse:search_hint',
      card: row => (
        <span className="list-lines">
          <span className="row">
            <span className="strong cut grow">{row.name}</span>
            <InactiveTag active={row.active} />
          </span>
          <span className="soft cut">{[row.code, row.address].filter(Boolean).join(' · ')}</span>
        </span>
      ),
      extra: create,
      empty: { title: t('warehouse:empty.title'), text: t('warehouse:empty.text'), action: create },
    }),
    [t, create, search],
  )
  return (
    <>
      <ListPage spec={spec} />
      {binsOf && (
        <Suspense fallback={null}>
          <BinsDialog warehouse={binsOf} onClose={() => setBinsOf(null)} />
        </Suspense>
      )}
      {url.edit && (
        <Suspense fallback={null}>
          <WarehouseForm key={url.edit} id={url.edit} onClose={close} />
        </Suspense>
      )}
    </>
  )
}

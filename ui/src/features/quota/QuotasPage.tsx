import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { TFunction } from 'i18next'
import { lazy, Suspense, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { InactiveTag } from '@/components/ActiveButton'
import { ListPage } from '@/components/list/ListPage'
import { ACTIVE_FILTER, type Column, type Filter, type ListSpec } from '@/components/list/spec'
import { PromiseTabs } from '@/features/promise/tabs'
import { formatQuantity } from '@/lib/format'
import { useCan } from '@/lib/session'
import { useUrlState } from '@/lib/url-state'
import { Scope, TakenBar } from './parts'
import type { QuotaRow } from './queries'

const QuotaForm = lazy(() => import('./QuotaForm'))

const filters: Filter[] = [
  { kind: 'pick', key: 'product', label: 'quota:field.product', pick: 'product' },
  ACTIVE_FILTER,
]

function columnsOf(t: TFunction): Column<QuotaRow>[] {
  return [
    { id: 'code', label: 'quota:field.code', width: 110, sort: 'code', render: row => row.code },
    {
      id: 'name',
      label: 'quota:field.name',
      width: 180,
      grow: true,
      sort: 'name',
      render: row => (
        <>
          {row.name} <InactiveTag active={row.active} />
        </>
      ),
    },
    {
      id: 'product',
      label: 'quota:field.product',
      width: 190,
      sort: 'product',
      render: row => `${row.product.code} ${row.product.name}`,
    },
    { id: 'scope', label: 'quota:field.scope', width: 130, render: row => <Scope quota={row} /> },
    {
      id: 'period',
      label: 'quota:field.period',
      width: 200,
      sort: 'valid_to',
      render: row => t('quota:period', { from: row.valid_from, to: row.valid_to }),
    },
    {
      id: 'taken',
      label: 'quota:field.taken',
      width: 230,
      end: true,
      sort: 'taken',
      render: row => <TakenBar quota={row} />,
    },
    {
      id: 'left',
      label: 'quota:field.left',
      width: 90,
      end: true,
      render: row => formatQuantity(row.left),
    },
  ]
}

/** Quotas of scarce products, with what orders took of them (PRM-06). */
export function QuotasPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const mayEdit = useCan('quota.edit')
  const [url] = useUrlState()
  const [adding, setAdding] = useState(false)
  const spec = useMemo<ListSpec<QuotaRow>>(() => {
    const add = mayEdit && (
      <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
        {t('quota:new')}
      </Button>
    )
    return {
      noun: 'quotas',
      path: '/quotas',
      title: 'nav:promise',
      rowKey: row => row.id,
      rowHref: row => `/quotas/${row.id}`,
      rowName: row => row.name,
      columns: columnsOf(t),
      filters,
      defaultSort: '-valid_to',
      searchHint: 'quota:search_hint',
      extra: add,
      above: <PromiseTabs />,
      card: row => (
        <span className="list-lines">
          <span className="row">
            <span className="strong cut grow">{`${row.product.name} · ${row.name}`}</span>
            <InactiveTag active={row.active} />
          </span>
          <span className="row soft">
            <span className="grow cut">
              <Scope quota={row} />
            </span>
            <span>{t('quota:period', { from: row.valid_from, to: row.valid_to })}</span>
          </span>
          <TakenBar quota={row} />
        </span>
      ),
      empty: { title: t('quota:empty.title'), text: t('quota:empty.text'), action: add },
    }
  }, [t, mayEdit])
  return (
    <>
      <ListPage spec={spec} />
      <Suspense fallback={null}>
        {adding && (
          <QuotaForm
            quota={null}
            product={url.product ?? null}
            onClose={() => setAdding(false)}
            onDone={id => void navigate(`/quotas/${id}`)}
          />
        )}
      </Suspense>
    </>
  )
}

import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { lazy, Suspense, useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { ListPage } from '@/components/list/ListPage'
import type { Column, Filter, ListSpec, View } from '@/components/list/spec'
import type { PromotionRow } from '@/lib/api/types'
import { useShortcuts } from '@/lib/keyboard'
import { useCan } from '@/lib/session'
import { useUrlState } from '@/lib/url-state'
import { PromotionStatusTag, used, useForWhom } from './tags'

const PromotionForm = lazy(() => import('./PromotionForm'))

const views: View[] = [
  { value: 'active', label: 'promotion:status.active', query: { status: 'active' } },
  { value: 'draft', label: 'promotion:status.draft', query: { status: 'draft' } },
  { value: 'ended', label: 'promotion:status.ended', query: { status: 'ended' } },
  { value: 'all', label: 'common:all', query: {} },
]
const filters: Filter[] = [{ kind: 'pick', key: 'customer', label: 'promotion:field.customer', pick: 'customer' }]

function ForWhom({ row }: { row: PromotionRow }) {
  return <>{useForWhom()(row)}</>
}

const columns: Column<PromotionRow>[] = [
  { id: 'code', label: 'promotion:field.code', width: 130, sort: 'code', render: row => row.code },
  { id: 'name', label: 'promotion:field.name', width: 200, grow: true, render: row => row.name },
  { id: 'gives', label: 'promotion:field.effect', width: 180, grow: true, render: row => row.gives },
  { id: 'buyers', label: 'promotion:field.for', width: 180, render: row => <ForWhom row={row} /> },
  {
    id: 'status',
    label: 'promotion:field.status',
    width: 100,
    render: row => <PromotionStatusTag status={row.status} />,
  },
  { id: 'valid_from', label: 'promotion:field.valid_from', width: 110, render: row => row.valid_from },
  { id: 'valid_to', label: 'promotion:field.valid_to', width: 110, sort: 'valid_to', render: row => row.valid_to },
  { id: 'currency', label: 'promotion:field.currency', width: 64, render: row => row.currency },
  { id: 'used', label: 'promotion:field.used', width: 96, end: true, render: used },
]

/** Every promotion; those in force first. */
export function PromotionsPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const mayWrite = useCan('promotion.create')
  const [url, change] = useUrlState()
  const add = useCallback(() => change({ new: '1' }), [change])
  useShortcuts(mayWrite ? [{ keys: 'n', label: 'promotion:new', run: add }] : [])
  const spec = useMemo<ListSpec<PromotionRow>>(() => {
    const create = mayWrite && (
      <Button type="primary" icon={<PlusOutlined />} onClick={add}>
        {t('promotion:new')}
      </Button>
    )
    return {
      noun: 'promotions',
      path: '/promotions',
      title: 'nav:promotions',
      rowKey: row => row.id,
      rowHref: row => `/promotions/${row.id}`,
      rowName: row => row.code,
      columns,
      filters,
      views,
      defaultSort: '-created_at',
      searchHint: 'promotion:search_hint',
      extra: create,
      card: row => (
        <span className="list-lines">
          <span className="row">
            <span className="strong cut grow">{row.name}</span>
            <PromotionStatusTag status={row.status} />
          </span>
          <span className="row soft">
            <span className="cut grow">{row.gives}</span>
            <span>
              {row.valid_from} – {row.valid_to}
            </span>
          </span>
        </span>
      ),
      empty: { title: t('promotion:empty.title'), text: t('promotion:empty.text'), action: create },
    }
  }, [t, mayWrite, add])
  return (
    <>
      <ListPage spec={spec} />
      {url.new && (
        <Suspense fallback={null}>
          <PromotionForm onClose={() => change({ new: null })} onSaved={id => void navigate(`/promotions/${id}`)} />
        </Suspense>
      )}
    </>
  )
}

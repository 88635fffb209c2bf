import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ListPage } from '@/components/list/ListPage'
import type { Column, ListSpec } from '@/components/list/spec'
import { When } from '@/components/When'
import type { TagSighting } from '@/lib/api/types'
import { StockTabs } from './tabs'

const hrefOf = (row: TagSighting) => (row.lot ? `/stock/lots/${row.lot.id}` : '/stock/reads')

const columns: Column<TagSighting>[] = [
  { id: 'tag', label: 'place:read.tag', width: 220, render: row => row.tag },
  {
    id: 'product',
    label: 'stock:field.product',
    width: 220,
    grow: true,
    render: row => (row.product ? <Link to={`/products/${row.product.id}`}>{row.product.name}</Link> : '–'),
  },
  { id: 'reader', label: 'place:read.reader', width: 140, render: row => row.reader },
  { id: 'visits', label: 'place:read.visits', width: 90, end: true, render: row => row.visits },
  { id: 'reads', label: 'place:read.reads', width: 90, end: true, render: row => row.reads },
  {
    id: 'last_at',
    label: 'place:read.last_at',
    width: 170,
    sort: 'last_at',
    render: row => <When instant={row.last_at} exact />,
  },
]

/** Tags as each reader last saw them. */
export function ReadsPage() {
  const { t } = useTranslation()
  const spec = useMemo<ListSpec<TagSighting>>(
    () => ({
      noun: 'tag-reads',
      path: '/stock/reads',
      title: 'place:read.title',
      rowKey: row => row.id,
      rowHref: hrefOf,
      rowName: row => row.tag,
      columns,
      filters: [],
      defaultSort: '-last_at',
      searchHint: 'place:read.search',
      card: row => (
        <span className="list-lines">
          <span className="strong cut">{row.tag}</span>
          <span className="row soft">
            <span className="cut grow">{row.product?.name ?? '–'}</span>
            <span>{row.reader}</span>
          </span>
        </span>
      ),
      above: (
        <>
          <StockTabs />
          <p className="soft list-note">{t('place:read.note')}</p>
        </>
      ),
      empty: { title: t('place:read.empty.title'), text: t('place:read.empty.text') },
    }),
    [t],
  )
  return <ListPage spec={spec} />
}

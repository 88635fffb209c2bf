/** Where goods lie: by bin, lot and status; moved, scrapped and counted from here (INV-01, INV-04). */
import { AuditOutlined, DeleteOutlined, SwapOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Card } from '@/components/Card'
import { ErrorState } from '@/components/ErrorState'
import { LineTable } from '@/components/LineTable'
import { PageHead } from '@/components/PageHead'
import { Pick } from '@/components/Pick'
import { usePickedName } from '@/components/picked'
import { ScanInput } from '@/components/ScanInput'
import { get } from '@/lib/api/client'
import type { Page, StockPlace, StockRow } from '@/lib/api/types'
import { findProduct } from '@/lib/find-product'
import { formatQuantity } from '@/lib/format'
import { useCan } from '@/lib/session'
import { useUrlState } from '@/lib/url-state'
import { StockTabs } from '../tabs'
import { LastDay } from './LastDay'
import { StatusTag } from './tags'
import '../stock.css'

const MoveDialog = lazy(() => import('./MoveDialog'))
const ScrapDialog = lazy(() => import('./ScrapDialog'))
const AdjustStock = lazy(() => import('../adjust').then(module => ({ default: module.AdjustStock })))

type Open = { what: 'move' | 'scrap' | 'count'; place: StockPlace }

export function PlacesPage() {
  const { t } = useTranslation()
  const [url, change] = useUrlState()
  const { product = '', warehouse = '', lot = '' } = url
  const asked = product || warehouse
  const query = useQuery({
    queryKey: ['stock', 'places', product, warehouse],
    queryFn: () =>
      get<StockPlace[]>('/stock/places', { product: product || undefined, warehouse: warehouse || undefined }),
    enabled: asked !== '',
  })
  const find = async (typed: string) => {
    const found = await findProduct(typed)
    if ('missing' in found) return { tone: 'late' as const, text: t(`place:find.${found.missing}`, { text: typed }) }
    const lot = found.said?.serial ?? found.said?.lot
    change({ product: found.product.id, lot: lot ?? null })
    const text = t(lot ? 'place:find.found_lot' : 'place:find.found', { name: found.product.name, lot })
    return { tone: 'done' as const, text }
  }
  const places = (query.data ?? []).filter(place => !lot || place.lot === lot)
  return (
    <div className="page">
      <PageHead title={t('place:places')} />
      <StockTabs />
      <ScanInput
        label={t('place:find.label')}
        placeholder={t('place:find.scan')}
        hint={t('place:find.hint')}
        onScan={find}
      />
      <div className="pair gap-below place-pick">
        <Pick
          kind="product"
          label={t('stock:field.product')}
          placeholder={t('place:choose_product')}
          value={product || null}
          onChange={id => change({ product: id, lot: null })}
        />
        <Pick
          kind="warehouse"
          label={t('stock:field.warehouse')}
          placeholder={t('place:choose_warehouse')}
          value={warehouse || null}
          onChange={id => change({ warehouse: id })}
        />
      </div>
      {query.isError ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <>
          {lot && (
            <button type="button" className="chip gap-below" onClick={() => change({ lot: null })}>
              {t('place:find.all_lots')}
            </button>
          )}
          <Card title={t('place:places_count', { count: places.length })} flush>
            {asked ? <Places places={places} /> : <p className="line-empty soft">{t('place:choose')}</p>}
          </Card>
        </>
      )}
    </div>
  )
}

function Places({ places }: { places: StockPlace[] }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<Open | null>(null)
  const may = { move: useCan('stock.move'), scrap: useCan('stock.scrap'), count: useCan('stock.adjust') }
  const close = () => setOpen(null)
  const button = (place: StockPlace, what: Open['what'], icon: React.ReactNode) =>
    may[what] && (
      <Button
        type="text"
        size="small"
        icon={icon}
        aria-label={t(`place:${what}.label`)}
        title={t(`place:${what}.label`)}
        onClick={() => setOpen({ what, place })}
      />
    )
  return (
    <>
      <LineTable
        label={t('place:places')}
        rows={places}
        rowKey={row => [row.product_id, row.warehouse.id, row.bin, row.lot, row.status].join(' ')}
        empty={t('place:nothing')}
        columns={[
          {
            id: 'product',
            label: t('stock:field.product'),
            main: true,
            render: row => <ProductName id={row.product_id} />,
          },
          { id: 'warehouse', label: t('stock:field.warehouse'), render: row => row.warehouse.name },
          { id: 'bin', label: t('stock:field.bin'), render: row => row.bin || <span className="soft">–</span> },
          {
            id: 'lot',
            label: t('stock:field.lot'),
            render: row =>
              row.lot_id ? <Link to={`/stock/lots/${row.lot_id}`}>{row.lot}</Link> : <span className="soft">–</span>,
          },
          { id: 'expires', label: t('stock:field.expires_on'), render: row => <LastDay day={row.expires_on} /> },
          { id: 'status', label: t('stock:field.status'), render: row => <StatusTag status={row.status} /> },
          {
            id: 'on_hand',
            label: t('stock:field.on_hand'),
            end: true,
            render: row => <span className="strong">{formatQuantity(row.on_hand)}</span>,
          },
          {
            id: 'actions',
            label: t('stock:field.actions'),
            width: 120,
            render: row => (
              <span className="row">
                {button(row, 'move', <SwapOutlined />)}
                {button(row, 'count', <AuditOutlined />)}
                {button(row, 'scrap', <DeleteOutlined />)}
              </span>
            ),
          },
        ]}
      />
      <Suspense fallback={null}>
        {open?.what === 'move' && <MoveDialog place={open.place} onClose={close} />}
        {open?.what === 'scrap' && <ScrapDialog place={open.place} onClose={close} />}
        {open?.what === 'count' && <CountHere place={open.place} onClose={close} />}
      </Suspense>
    </>
  )
}

function ProductName({ id }: { id: string }) {
  return <Link to={`/products/${id}`}>{usePickedName('product', id)}</Link>
}

/** A count of one place knows what is reserved in its warehouse. */
function CountHere({ place, onClose }: { place: StockPlace; onClose: () => void }) {
  const query = useQuery({
    queryKey: ['stock', 'row', place.product_id, place.warehouse.id],
    queryFn: () => get<Page<StockRow>>('/stock', { product: place.product_id, warehouse: place.warehouse.id }),
  })
  const row = query.data?.items[0]
  if (!row) return null
  // What is reserved is covered by the other places too: the server says where it would not be.
  const here = { ...row, on_hand: place.on_hand, reserved: { ...row.reserved, value: '0' } }
  return <AdjustStock row={here} place={place} onClose={onClose} />
}

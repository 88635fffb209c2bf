/** Who has what of a product and who waits for it; goods go to another order from here (INV-02). */
import { ShareAltOutlined, SwapOutlined } from '@ant-design/icons'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Card } from '@/components/Card'
import { EmptyState } from '@/components/EmptyState'
import { ErrorState } from '@/components/ErrorState'
import { PageHead } from '@/components/PageHead'
import { PageSkeleton } from '@/components/PageSkeleton'
import { Pick } from '@/components/Pick'
import { TableBox } from '@/components/TableBox'
import { get } from '@/lib/api/client'
import type { ProductReservations, Reservation, ReservationLine } from '@/lib/api/types'
import { isZero } from '@/lib/decimal'
import { formatDate, formatInstant, formatQuantity, formatValue } from '@/lib/format'
import { useMessage } from '@/lib/message'
import { usePost } from '@/lib/step'
import { useUrlState } from '@/lib/url-state'
import { StockTabs } from '../stock/tabs'
import './reservation.css'

const ReassignDialog = lazy(() => import('./ReassignDialog'))

export function ReservationsPage() {
  const { t } = useTranslation()
  const [url, change] = useUrlState()
  const { product } = url
  const query = useQuery({
    queryKey: ['stock', 'reservations', product],
    queryFn: ({ signal }) => get<ProductReservations>(`/products/${product}/reservations`, {}, { signal }),
    enabled: Boolean(product),
  })
  return (
    <div className="page">
      <PageHead title={t('reservation:title')} />
      <StockTabs />
      <div className="row reservation-tools">
        <span className="reservation-product">
          <Pick
            kind="product"
            label={t('reservation:product')}
            placeholder={t('reservation:choose')}
            value={product ?? null}
            autoFocus={!product}
            onChange={id => change({ product: id })}
          />
        </span>
      </div>
      {!product ? (
        <EmptyState title={t('reservation:empty.title')} text={t('reservation:empty.text')} />
      ) : query.isPending ? (
        <PageSkeleton lines={8} />
      ) : query.isError ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Shown found={query.data} />
      )}
    </div>
  )
}

function Shown({ found }: { found: ProductReservations }) {
  const { t } = useTranslation()
  const [moving, setMoving] = useState<Reservation | null>(null)
  return (
    <div className="reservation-stack">
      <Places found={found} />
      <Waiting found={found} />
      <Kept found={found} onMove={setMoving} />
      {moving && (
        <Suspense fallback={null}>
          <ReassignDialog reservation={moving} waiting={found.waiting} onClose={() => setMoving(null)} />
        </Suspense>
      )}
      {!isZero(found.in_carts.value) && (
        <p className="soft">{t('reservation:in_carts', { quantity: formatQuantity(found.in_carts) })}</p>
      )}
    </div>
  )
}

const PLACE = ['on_hand', 'held', 'reserved', 'available'] as const

function Places({ found }: { found: ProductReservations }) {
  const { t } = useTranslation()
  const title = t('reservation:places', { product: found.product.name, unit: found.product.unit })
  return (
    <Card title={title} flush>
      <TableBox label={title}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('reservation:field.warehouse')}</th>
              {PLACE.map(name => (
                <th scope="col" className="num" key={name}>
                  {t(`reservation:field.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {found.warehouses.map(place => (
              <tr key={place.warehouse.id}>
                <td>{place.warehouse.name}</td>
                {PLACE.map(name => (
                  <td className={name === 'available' ? 'num strong' : 'num'} key={name}>
                    {formatValue(place[name])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </TableBox>
    </Card>
  )
}

/** An order and whose it is; what is more urgent than usual says so. */
function LineCells({ line }: { line: ReservationLine }) {
  const { t } = useTranslation()
  return (
    <>
      <td>
        <Link to={`/orders/${line.order.id}`}>{line.order.number || t('reservation:unnumbered')}</Link>
        <div className="soft">{t('reservation:line', { line: line.line_no })}</div>
      </td>
      <td>{line.customer.name}</td>
      <td className={line.priority > 5 ? 'num strong ink-risk' : 'num'}>{line.priority}</td>
      <td>{line.needed_on ? formatDate(line.needed_on) : <span className="soft">–</span>}</td>
    </>
  )
}

function LineHeads() {
  const { t } = useTranslation()
  return (
    <>
      <th scope="col">{t('reservation:field.order')}</th>
      <th scope="col">{t('reservation:field.customer')}</th>
      <th scope="col" className="num">
        {t('reservation:field.priority')}
      </th>
      <th scope="col">{t('reservation:field.needed_on')}</th>
    </>
  )
}

/** Who waits, the most urgent first. */
function Waiting({ found }: { found: ProductReservations }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const message = useMessage()
  const free = found.warehouses.some(place => !isZero(place.available.value))
  const distribute = usePost<object, { orders: string[] }>(`/products/${found.product.id}/distribute`, {
    onDone: answer => {
      void client.invalidateQueries({ queryKey: ['stock'] })
      void client.invalidateQueries({ queryKey: ['orders'] })
      void message.success(t('reservation:distributed', { orders: answer?.orders.join('、') ?? '' }))
    },
  })
  const title = t('reservation:waiting.title', { count: found.waiting.length })
  return (
    <Card
      title={title}
      flush
      extra={
        found.may_move && found.waiting.length > 0 ? (
          <Button
            type="primary"
            size="small"
            icon={<ShareAltOutlined />}
            disabled={!free}
            title={free ? undefined : t('reservation:nothing_free')}
            loading={distribute.isPending}
            onClick={() => distribute.mutate({})}
          >
            {t('reservation:distribute')}
          </Button>
        ) : null
      }
    >
      {found.waiting.length === 0 ? (
        <p className="soft reservation-none">{t('reservation:waiting.none')}</p>
      ) : (
        <TableBox label={title}>
          <table className="table">
            <thead>
              <tr>
                <LineHeads />
                <th scope="col">{t('reservation:field.from')}</th>
                <th scope="col" className="num">
                  {t('reservation:field.missing', { unit: found.product.unit })}
                </th>
              </tr>
            </thead>
            <tbody>
              {found.waiting.map(one => (
                <tr key={`${one.line.order.id} ${one.line.line_no}`}>
                  <LineCells line={one.line} />
                  <td>{one.warehouse.name}</td>
                  <td className="num strong">{formatValue(one.missing)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableBox>
      )}
    </Card>
  )
}

/** What is reserved for whom. */
function Kept({ found, onMove }: { found: ProductReservations; onMove: (one: Reservation) => void }) {
  const { t } = useTranslation()
  const title = t('reservation:kept.title', { count: found.reservations.length })
  return (
    <Card title={title} flush>
      {found.reservations.length === 0 ? (
        <p className="soft reservation-none">{t('reservation:kept.none')}</p>
      ) : (
        <TableBox label={title}>
          <table className="table">
            <thead>
              <tr>
                <LineHeads />
                <th scope="col">{t('reservation:field.warehouse')}</th>
                <th scope="col" className="num">
                  {t('reservation:field.quantity', { unit: found.product.unit })}
                </th>
                <th scope="col">{t('reservation:field.kind')}</th>
                <th scope="col">{t('reservation:field.expires_at')}</th>
                {found.may_move && <th scope="col">{t('reservation:field.action')}</th>}
              </tr>
            </thead>
            <tbody>
              {found.reservations.map(one => (
                <tr key={`${one.line.order.id} ${one.line.line_no} ${one.warehouse.id}`}>
                  <LineCells line={one.line} />
                  <td>{one.warehouse.name}</td>
                  <td className="num strong">{formatValue(one.quantity)}</td>
                  <td>{t(`reservation:kind.${one.kind}`)}</td>
                  <td>{one.expires_at ? formatInstant(one.expires_at) : <span className="soft">–</span>}</td>
                  {found.may_move && (
                    <td>
                      <Button
                        size="small"
                        icon={<SwapOutlined />}
                        disabled={Boolean(one.fixed) || found.waiting.length === 0}
                        title={one.fixed ?? (found.waiting.length === 0 ? t('reservation:waiting.none') : undefined)}
                        onClick={() => onMove(one)}
                      >
                        {t('reservation:move.label')}
                      </Button>
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </TableBox>
      )}
    </Card>
  )
}

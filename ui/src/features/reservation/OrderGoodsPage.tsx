/** What an order has reserved in which warehouse, how firmly, and how urgent it is (INV-02). */
import { ExclamationCircleOutlined, FlagOutlined, LockOutlined, UnlockOutlined } from '@ant-design/icons'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { Card } from '@/components/Card'
import { EmptyState } from '@/components/EmptyState'
import { ErrorState } from '@/components/ErrorState'
import { Facts } from '@/components/Facts'
import { PageHead } from '@/components/PageHead'
import { PageSkeleton } from '@/components/PageSkeleton'
import { TableBox } from '@/components/TableBox'
import { PartTable } from '@/features/promise/PartTable'
import { get } from '@/lib/api/client'
import type { Order, OrderReservedPlace, OrderState, PromisedPart } from '@/lib/api/types'
import { isZero } from '@/lib/decimal'
import { formatInstant, formatValue } from '@/lib/format'
import { useMessage } from '@/lib/message'
import { useCan } from '@/lib/session'
import { usePost } from '@/lib/step'
import { SlackCard } from './SlackCard'
import './reservation.css'

const PriorityDialog = lazy(() => import('./PriorityDialog'))

export function OrderGoodsPage() {
  const { id = '' } = useParams()
  const order = useQuery({ queryKey: ['orders', 'one', id], queryFn: () => get<Order>(`/orders/${id}`) })
  const places = useQuery({
    queryKey: ['orders', 'reservations', id],
    queryFn: () => get<OrderReservedPlace[]>(`/orders/${id}/reservations`),
  })
  const parts = useQuery({
    queryKey: ['orders', 'schedule', id],
    queryFn: () => get<PromisedPart[]>(`/orders/${id}/schedule`),
  })
  if (order.isPending || places.isPending || parts.isPending) return <PageSkeleton />
  if (order.isError) return <ErrorState error={order.error} onRetry={() => void order.refetch()} />
  if (places.isError) return <ErrorState error={places.error} onRetry={() => void places.refetch()} />
  if (parts.isError) return <ErrorState error={parts.error} onRetry={() => void parts.refetch()} />
  return <Loaded order={order.data} places={places.data} parts={parts.data} />
}

function Loaded({ order, places, parts }: { order: Order; places: OrderReservedPlace[]; parts: PromisedPart[] }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const message = useMessage()
  const canPrioritize = useCan('order.prioritize')
  const canReserve = useCan('order.reserve')
  const [open, setOpen] = useState(false)
  const refresh = () => {
    void client.invalidateQueries({ queryKey: ['orders'] })
    void client.invalidateQueries({ queryKey: ['stock'] })
  }
  const firm = usePost<'release-goods' | 'hold-back-goods', OrderState>(verb => `/orders/${order.id}/${verb}`, {
    body: () => ({}),
    onDone: (_, verb) => {
      refresh()
      void message.success(t(`reservation:${verb === 'release-goods' ? 'released' : 'held_back'}`))
    },
  })
  const kinds = places.flatMap(place => place.lines.map(line => line.kind).filter(Boolean))
  const shippable = order.status === 'effective' && !order.held
  const why = shippable ? undefined : t('reservation:not_effective')
  return (
    <div className="page">
      <PageHead title={t('reservation:order.title', { number: order.number })}>
        {(order.tracks.supply.state === 'short' || order.tracks.supply.state === 'part_reserved') && (
          <Link to={`/orders/${order.id}/shortage`}>
            <Button icon={<ExclamationCircleOutlined />} tabIndex={-1}>
              {t('reservation:shortage')}
            </Button>
          </Link>
        )}
        {canPrioritize && (
          <Button icon={<FlagOutlined />} onClick={() => setOpen(true)}>
            {t('reservation:priority.label')}
          </Button>
        )}
        {canReserve && kinds.includes('hard') && (
          <Button
            icon={<UnlockOutlined />}
            disabled={!shippable}
            title={why}
            loading={firm.isPending}
            onClick={() => firm.mutate('hold-back-goods')}
          >
            {t('reservation:hold_back')}
          </Button>
        )}
        {canReserve && kinds.includes('soft') && (
          <Button
            type="primary"
            icon={<LockOutlined />}
            disabled={!shippable}
            title={why}
            loading={firm.isPending}
            onClick={() => firm.mutate('release-goods')}
          >
            {t('reservation:release')}
          </Button>
        )}
      </PageHead>
      <div className="gap-below">
        <Facts
          items={[
            {
              label: t('reservation:field.order'),
              value: <Link to={`/orders/${order.id}`}>{order.number || t('reservation:unnumbered')}</Link>,
            },
            { label: t('reservation:field.customer'), value: order.customer.name },
            { label: t('reservation:field.priority'), value: order.priority },
          ]}
        />
      </div>
      {places.length === 0 ? (
        <EmptyState title={t('reservation:order.none')} text={t('reservation:order.none_text')} />
      ) : (
        <div className="reservation-stack">
          {places.map(place => (
            <Place key={place.warehouse.id} place={place} order={order} />
          ))}
        </div>
      )}
      {parts.length > 0 && (
        <div className="reservation-stack reservation-below">
          <PartTable title={t('promise:part.title')} parts={parts} />
        </div>
      )}
      <SlackCard order={order} />
      {open && (
        <Suspense fallback={null}>
          <PriorityDialog order={order} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </div>
  )
}

function Place({ place, order }: { place: OrderReservedPlace; order: Order }) {
  const { t } = useTranslation()
  const title = place.own
    ? t('reservation:order.own', { warehouse: place.warehouse.name })
    : t('reservation:order.other', { warehouse: place.warehouse.name })
  return (
    <Card title={title} flush>
      <TableBox label={title}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('reservation:field.product')}</th>
              <th scope="col" className="num">
                {t('reservation:field.open')}
              </th>
              <th scope="col" className="num">
                {t('reservation:reserved')}
              </th>
              <th scope="col">{t('reservation:field.kind')}</th>
              <th scope="col">{t('reservation:field.expires_at')}</th>
              <th scope="col" className="num">
                {t('reservation:field.available')}
              </th>
              <th scope="col">{t('reservation:field.unit')}</th>
              <th scope="col">{t('reservation:field.action')}</th>
            </tr>
          </thead>
          <tbody>
            {place.lines.map(one => {
              const line = order.lines.find(known => known.line_no === one.line_no)
              if (!line) return null
              return (
                <tr key={one.line_no}>
                  <td>
                    {line.name}
                    <div className="soft">
                      {one.line_no} · {line.product.code} {line.spec}
                    </div>
                  </td>
                  <td className="num">{formatValue(line.open)}</td>
                  <td className="num strong">
                    {isZero(one.reserved.value) ? <span className="soft">–</span> : formatValue(one.reserved)}
                  </td>
                  <td>{one.kind ? t(`reservation:kind.${one.kind}`) : <span className="soft">–</span>}</td>
                  <td>{one.expires_at ? formatInstant(one.expires_at) : <span className="soft">–</span>}</td>
                  <td className="num">{formatValue(one.available)}</td>
                  <td>{line.unit}</td>
                  <td>
                    <Link to={`/stock/reservations?product=${line.product.id}`}>{t('reservation:who_else')}</Link>
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </TableBox>
    </Card>
  )
}

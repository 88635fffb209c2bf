import { DownloadOutlined } from '@ant-design/icons'
import { Alert, Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { Card } from '@/components/Card'
import { ErrorState } from '@/components/ErrorState'
import { Facts } from '@/components/Facts'
import { PageSkeleton } from '@/components/PageSkeleton'
import { download } from '@/lib/api/client'
import { isZero } from '@/lib/decimal'
import {
  currencySign,
  formatDate,
  formatInstant,
  formatMoney,
  formatQuantity,
  formatSize,
  formatUnitPrice,
} from '@/lib/format'
import { usePost } from '@/lib/step'
import { Documents } from './Documents'
import { useOrder } from './queries'
import { StatusTag } from './StatusTag'
import { Tracks } from './Tracks'
import type { PortalOrder } from './types'

const ChangeDialog = lazy(() => import('./ChangeDialog'))
const CancelDialog = lazy(() => import('./CancelDialog'))
const Questions = lazy(() => import('./Questions'))

/** One order, followed from its order to its last payment. */
export default function OrderPage() {
  const { id = '' } = useParams()
  const found = useOrder(id)
  if (found.isError) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />
  if (!found.data) return <PageSkeleton />
  return <Content order={found.data} />
}

function Content({ order }: { order: PortalOrder }) {
  const { t } = useTranslation()
  const [dialog, setDialog] = useState<'change' | 'cancel' | null>(null)
  const close = () => setDialog(null)
  return (
    <div className="portal-page">
      <Link to="/portal/orders">{t('portal:back')}</Link>
      <div className="row wrap">
        <h1 className="grow">{order.number}</h1>
        <StatusTag status={order.status}>{order.status_name}</StatusTag>
      </div>
      {order.status === 'confirmed' && <p className="soft">{t('portal:confirmed_hint')}</p>}
      {order.status === 'rejected' && <Alert type="warning" showIcon title={t('portal:rejected_hint')} />}
      {order.status === 'to_sign' && <Sign order={order} />}
      {order.questions.some(question => !question.answer) && (
        <Suspense fallback={null}>
          <Questions order={order} />
        </Suspense>
      )}
      <Tracks tracks={order.tracks} />
      {order.open_to_change && (
        <div className="row portal-actions">
          <Button onClick={() => setDialog('change')}>{t('portal:change.title')}</Button>
          <Button danger onClick={() => setDialog('cancel')}>
            {t('portal:cancel.title')}
          </Button>
          <span className="soft grow">{t('portal:open_hint')}</span>
        </div>
      )}
      <Link to={`/portal/messages?order=${order.id}`}>{t('portal:ask')}</Link>
      <Lines order={order} />
      <Money order={order} />
      <Shipments order={order} />
      <Delivery order={order} />
      <Files order={order} />
      <Documents documents={order.documents} />
      <Steps order={order} />
      <Suspense fallback={null}>
        {dialog === 'change' && <ChangeDialog order={order} onClose={close} />}
        {dialog === 'cancel' && <CancelDialog order={order} onClose={close} />}
      </Suspense>
    </div>
  )
}

/** The way to the confirmation that waits for a signature. */
function Sign({ order }: { order: PortalOrder }) {
  const { t } = useTranslation()
  const link = usePost<Record<string, never>, { path: string | null }>(`/portal/orders/${order.id}/signing-link`, {
    onDone: answer => {
      if (answer.path) window.location.assign(answer.path)
    },
  })
  return (
    <Alert
      type="info"
      showIcon
      title={t('portal:to_sign_hint')}
      action={
        <Button type="primary" loading={link.isPending} onClick={() => link.mutate({})}>
          {t('portal:sign')}
        </Button>
      }
    />
  )
}

function Lines({ order }: { order: PortalOrder }) {
  const { t } = useTranslation()
  return (
    <Card title={t('portal:lines')} flush>
      <ul className="portal-rows">
        {order.lines.map(line => (
          <li key={line.line_no}>
            <span className="grow cut">
              <strong className="portal-product-name">{line.product.name}</strong>
              <span className="soft portal-block">
                {formatQuantity(line.quantity)} × {currencySign(line.unit_price.currency)}
                {formatUnitPrice(line.unit_price)}
              </span>
              {order.status !== 'waiting' && !isZero(line.shipped.value) && (
                <span className="soft portal-block">
                  {t('portal:shipped_of', {
                    shipped: formatQuantity(line.shipped),
                    delivered: formatQuantity(line.delivered),
                  })}
                </span>
              )}
            </span>
            <strong>{formatMoney(line.gross)}</strong>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Money({ order }: { order: PortalOrder }) {
  const { t } = useTranslation()
  const ended = order.status === 'cancelled' || order.status === 'rejected'
  const shown = (money: { amount: string; currency: string }) => (isZero(money.amount) ? undefined : formatMoney(money))
  return (
    <Card title={t('portal:money')}>
      <Facts
        items={[
          { label: t('portal:payable'), value: <strong>{formatMoney(order.payable)}</strong> },
          { label: t('portal:tax'), value: shown(order.tax) },
          { label: t('portal:freight'), value: shown(order.freight) },
          ...order.charges.map(charge => ({
            label: charge.name,
            value: `${charge.allowance ? '−' : ''}${formatMoney(charge.amount)}`,
          })),
          { label: t('portal:discount'), value: shown(order.discount) },
          { label: t('portal:settlement'), value: order.settlement_name },
          { label: t('portal:deposit'), value: shown(order.deposit) },
          { label: t('portal:paid'), value: formatMoney(order.paid) },
          { label: t('portal:open'), value: ended ? undefined : formatMoney(order.open) },
        ].filter(item => item.value)}
      />
      {order.invoices.length + order.payments.length > 0 && (
        <ul className="portal-rows">
          {order.invoices.map(invoice => (
            <li key={invoice.number}>
              <span className="grow">
                {t('portal:invoice')} {invoice.number}
                <span className="soft portal-block">
                  {invoice.status_name} · {t('portal:due', { date: formatDate(invoice.due_on) })}
                </span>
              </span>
              <strong>{formatMoney(invoice.gross)}</strong>
            </li>
          ))}
          {order.payments.map(payment => (
            <li key={payment.number}>
              <span className="grow">
                {t('portal:payment')} {payment.number}
                <span className="soft portal-block">
                  {formatDate(payment.paid_on)} · {payment.method_name}
                </span>
              </span>
              <strong>{formatMoney(payment.amount)}</strong>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

function Shipments({ order }: { order: PortalOrder }) {
  const { t } = useTranslation()
  if (order.shipments.length === 0) return null
  return (
    <Card title={t('portal:shipments')} flush>
      <ul className="portal-rows">
        {order.shipments.map(shipment => (
          <li key={shipment.number}>
            <span className="grow">
              <strong>{shipment.number}</strong>
              <span className="soft portal-block">
                {[formatDate(shipment.shipped_on), shipment.carrier, shipment.tracking].filter(Boolean).join(' · ')}
              </span>
              {shipment.lines.map(line => (
                <span key={line.name} className="soft portal-block">
                  {line.name} {formatQuantity(line.quantity)}
                </span>
              ))}
            </span>
            <span>
              {shipment.delivered_on
                ? t('portal:signed', { date: formatDate(shipment.delivered_on), name: shipment.signer })
                : t('portal:on_the_way')}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Delivery({ order }: { order: PortalOrder }) {
  const { t } = useTranslation()
  return (
    <Card title={t('portal:delivery')}>
      <Facts
        items={[
          { label: t('portal:required_on'), value: order.required_on && formatDate(order.required_on) },
          { label: t('portal:promised_on'), value: order.promised_on && formatDate(order.promised_on) },
          { label: t('portal:receiver'), value: order.receiver },
          { label: t('portal:phone'), value: order.contact_phone },
          { label: t('portal:delivery_address'), value: order.delivery_address, wide: true },
          { label: t('portal:customer_po'), value: order.customer_po },
          { label: t('portal:notes'), value: order.notes && <span className="pre">{order.notes}</span>, wide: true },
        ].filter(item => item.value)}
      />
    </Card>
  )
}

function Files({ order }: { order: PortalOrder }) {
  const { t } = useTranslation()
  if (order.files.length === 0) return null
  return (
    <Card title={t('portal:files')} flush>
      <ul className="portal-rows">
        {order.files.map(file => (
          <li key={file.id}>
            <span className="grow cut">
              {file.filename}
              <span className="soft portal-block">
                {file.kind_name} · {formatSize(file.size)}
              </span>
            </span>
            <Button
              icon={<DownloadOutlined />}
              aria-label={t('portal:download_of', { name: file.filename })}
              onClick={() => void download(`/portal/orders/${order.id}/files/${file.id}`, {}, file.filename)}
            />
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Steps({ order }: { order: PortalOrder }) {
  const { t } = useTranslation()
  return (
    <Card title={t('portal:steps')} flush>
      <ul className="portal-rows">
        {order.steps.map(step => (
          <li key={`${step.at}${step.text}`}>
            <span className="grow">{step.text}</span>
            <time className="soft" dateTime={step.at}>
              {formatInstant(step.at)}
            </time>
          </li>
        ))}
      </ul>
    </Card>
  )
}

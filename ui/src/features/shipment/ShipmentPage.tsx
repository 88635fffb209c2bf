import { PrinterOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { AttachmentImage } from '@/components/AttachmentImage'
import { AttachmentList } from '@/components/Attachments'
import { Card } from '@/components/Card'
import { ErrorState } from '@/components/ErrorState'
import { Facts } from '@/components/Facts'
import { type LineColumn, LineTable } from '@/components/LineTable'
import { LinkButton } from '@/components/LinkButton'
import { PageHead } from '@/components/PageHead'
import { PageSkeleton } from '@/components/PageSkeleton'
import type { Shipment, ShipmentLine } from '@/lib/api/types'
import { isZero } from '@/lib/decimal'
import { formatDate, formatQuantity } from '@/lib/format'
import { useShortcuts } from '@/lib/keyboard'
import { useCan } from '@/lib/session'
import { useShipment } from './queries'
import { ShipmentTag } from './ShipmentTag'

const DeliverShipment = lazy(() => import('./deliver').then(module => ({ default: module.DeliverShipment })))

interface Props {
  /** The documents that were made of it. */
  documents: (shipment: Shipment) => ReactNode
}

/** A delivery note: what was shipped, what was signed for, and the proof. */
export function ShipmentPage({ documents }: Props) {
  const { id = '' } = useParams()
  const found = useShipment(id)
  if (found.isError) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />
  if (!found.data) return <PageSkeleton />
  return <Content shipment={found.data} documents={documents} />
}

function Content({ shipment, documents }: { shipment: Shipment } & Props) {
  const { t } = useTranslation()
  const mayDeliver = useCan('shipment.deliver') && shipment.status === 'shipped'
  const [delivering, setDelivering] = useState(false)
  useShortcuts(mayDeliver ? [{ keys: 'd', label: 'shipment:deliver', run: () => setDelivering(true) }] : [])
  return (
    <div className="page">
      <PageHead title={`${t('shipment:title')} ${shipment.number}`} tags={<ShipmentTag status={shipment.status} />}>
        <LinkButton to={`/shipments/${shipment.id}/print`} icon={<PrinterOutlined />}>
          {t('shipment:print')}
        </LinkButton>
        {mayDeliver && (
          <Button type="primary" onClick={() => setDelivering(true)}>
            {t('shipment:deliver')}
          </Button>
        )}
      </PageHead>
      <div className="with-rail">
        <div className="rail">
          <Proofs shipment={shipment} />
        </div>
        <div className="main-column">
          <Card>
            <Facts
              items={[
                {
                  label: t('shipment:field.customer'),
                  value: <Link to={`/customers/${shipment.customer.id}`}>{shipment.customer.name}</Link>,
                },
                {
                  label: t('shipment:field.order'),
                  value: <Link to={`/orders/${shipment.order.id}`}>{shipment.order.number}</Link>,
                },
                { label: t('shipment:field.warehouse'), value: shipment.warehouse?.name },
                { label: t('order:shipment.shipped_on'), value: formatDate(shipment.shipped_on) },
                { label: t('order:shipment.carrier'), value: shipment.carrier },
                { label: t('order:shipment.tracking'), value: shipment.tracking },
                { label: t('order:shipment.delivered_on'), value: formatDate(shipment.delivered_on) },
                { label: t('order:shipment.signer'), value: shipment.signer },
                {
                  label: t('shipment:field.note'),
                  value: [shipment.note, shipment.delivery_note].filter(Boolean).join('；'),
                  wide: true,
                },
              ]}
            />
          </Card>
          <Card title={t('shipment:lines')} flush>
            <Lines shipment={shipment} />
          </Card>
          {documents(shipment)}
        </div>
      </div>
      {delivering && (
        <Suspense fallback={null}>
          <DeliverShipment
            shipment={shipment}
            onClose={() => setDelivering(false)}
            onDone={() => setDelivering(false)}
          />
        </Suspense>
      )}
    </div>
  )
}

function Lines({ shipment }: { shipment: Shipment }) {
  const { t } = useTranslation()
  const signed = shipment.status !== 'shipped'
  const columns: LineColumn<ShipmentLine>[] = [
    { id: 'line_no', label: t('shipment:paper.no'), width: 56, render: line => line.line_no },
    {
      id: 'product',
      label: t('shipment:paper.name'),
      main: true,
      render: line => (
        <>
          <Link to={`/products/${line.product.id}`}>{line.name}</Link>{' '}
          <span className="soft">{[line.product.code, line.spec].filter(Boolean).join(' · ')}</span>
        </>
      ),
    },
    {
      id: 'quantity',
      label: t('shipment:field.quantity'),
      end: true,
      width: 130,
      render: line => formatQuantity(line.quantity),
    },
    {
      id: 'accepted',
      label: t('shipment:field.accepted'),
      end: true,
      width: 130,
      render: line => (signed ? formatQuantity(line.accepted) : '–'),
    },
    {
      id: 'refused',
      label: t('shipment:field.refused'),
      end: true,
      width: 130,
      render: line =>
        signed && !isZero(line.refused.value) ? (
          <span className="ink-late strong">{formatQuantity(line.refused)}</span>
        ) : (
          '–'
        ),
    },
  ]
  return <LineTable label={t('shipment:lines')} columns={columns} rows={shipment.lines} rowKey={line => line.line_no} />
}

function Proofs({ shipment }: { shipment: Shipment }) {
  const { t } = useTranslation()
  const images = shipment.attachments.filter(item => item.mime.startsWith('image/'))
  return (
    <Card title={t('shipment:proofs')}>
      {shipment.attachments.length === 0 && (
        <span className="soft">
          {t(shipment.status === 'shipped' ? 'shipment:no_proofs.waiting' : 'shipment:no_proofs.missing')}
        </span>
      )}
      {images.map(item => (
        <AttachmentImage key={item.id} id={item.id} name={item.filename} />
      ))}
      <AttachmentList items={shipment.attachments} />
    </Card>
  )
}

import { DownloadOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { Button, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { AttachmentList, AttachmentUpload } from '@/components/Attachments'
import { Card } from '@/components/Card'
import { StateTag } from '@/components/StateTag'
import { TableBox } from '@/components/TableBox'
import { download } from '@/lib/api/client'
import { ATTACHMENT_KINDS, type AttachmentKind, type Order, type Shipment } from '@/lib/api/types'
import { isZero } from '@/lib/decimal'
import { formatDate, formatQuantity } from '@/lib/format'
import { useMessage } from '@/lib/message'
import { useCan } from '@/lib/session'
import { useProblemText } from '@/lib/step'
import type { OrderPageParts } from './OrderPage'

interface Props {
  order: Order
  parts: OrderPageParts
  onDeliver: (shipment: Shipment) => void
}

/** Delivery notes with their proofs, the evidence, and every other file of the order. */
export function Documents({ order, parts, onDeliver }: Props) {
  const { t } = useTranslation()
  return (
    <div className="stack">
      {parts.documents?.(order)}
      {order.shipments.length === 0 && (
        <Card title={t('order-step:documents.shipments')}>
          <span className="soft">{t('order-step:documents.none_shipments')}</span>
        </Card>
      )}
      {order.shipments.map(shipment => (
        <ShipmentCard key={shipment.id} shipment={shipment} parts={parts} onDeliver={onDeliver} />
      ))}
      {parts.evidence?.(order)}
      <Files order={order} />
      <Bundle order={order} />
    </div>
  )
}

/** Everything of the order as one file, for the archive. */
function Bundle({ order }: { order: Order }) {
  const { t } = useTranslation()
  const message = useMessage()
  const problemText = useProblemText()
  const [busy, setBusy] = useState(false)
  if (!useCan('export.run')) return null
  const save = () => {
    setBusy(true)
    download(`/orders/${order.id}/bundle`, {}, `${order.number || order.id}.zip`)
      .catch((error: unknown) => void message.error(problemText(error)))
      .finally(() => setBusy(false))
  }
  return (
    <Card
      title={t('order-step:bundle.title')}
      extra={
        <Button size="small" icon={<DownloadOutlined />} loading={busy} onClick={save}>
          {t('order-step:bundle.download')}
        </Button>
      }
    >
      <span className="soft">{t('order-step:bundle.text')}</span>
    </Card>
  )
}

function ShipmentCard({ shipment, parts, onDeliver }: Omit<Props, 'order'> & { shipment: Shipment }) {
  const { t } = useTranslation()
  const mayDeliver = useCan('shipment.deliver')
  const tone = ({ delivered: 'done', part_accepted: 'risk', cancelled: 'late', shipped: 'going' } as const)[
    shipment.status
  ]
  const proofs = shipment.attachments ?? []
  return (
    <Card
      title={`${t('order-step:documents.shipments')} ${shipment.number}`}
      flush
      extra={
        <span className="row">
          <StateTag tone={tone}>{t(`order:shipment_status.${shipment.status}`)}</StateTag>
          {shipment.status === 'shipped' && mayDeliver && (
            <Button size="small" type="primary" onClick={() => onDeliver(shipment)}>
              {t('order:verb.deliver')}
            </Button>
          )}
          <Link to={`/shipments/${shipment.id}`}>{t('order-step:documents.open')}</Link>
          {parts.shipmentActions?.(shipment)}
        </span>
      }
    >
      <div className="card-body row wrap">
        <span>
          <span className="soft">{t('order:shipment.shipped_on')} </span>
          {formatDate(shipment.shipped_on)}
        </span>
        <span>
          <span className="soft">{t('order:shipment.carrier')} </span>
          {shipment.carrier || '–'} {shipment.tracking}
        </span>
        {shipment.delivered_on && (
          <span>
            <span className="soft">{t('order:shipment.signer')} </span>
            {shipment.signer} {formatDate(shipment.delivered_on)}
          </span>
        )}
      </div>
      <TableBox className="shipment-lines" label={t('order:line.title')}>
        <table className="table">
          <thead>
            <tr>
              <th>{t('order:line.product')}</th>
              <th className="num">{t('order:line.shipped')}</th>
              <th className="num">{t('order:deliver.accepted')}</th>
              <th className="num">{t('order:deliver.refused')}</th>
            </tr>
          </thead>
          <tbody>
            {shipment.lines.map(line => (
              <tr key={line.line_no}>
                <td>
                  {line.name} <span className="soft">{line.spec}</span>
                </td>
                <td className="num">{formatQuantity(line.quantity)}</td>
                <td className="num">{shipment.status === 'shipped' ? '–' : formatQuantity(line.accepted)}</td>
                <td className={`num ${isZero(line.refused.value) ? '' : 'ink-late strong'}`}>
                  {isZero(line.refused.value) ? '–' : formatQuantity(line.refused)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableBox>
      {proofs.length > 0 && (
        <div className="card-body">
          <AttachmentList items={proofs} />
        </div>
      )}
    </Card>
  )
}

function Files({ order }: { order: Order }) {
  // Proofs stand with their delivery note.
  const files = order.attachments.filter(file => file.subject_kind !== 'shipment')
  const { t } = useTranslation()
  const client = useQueryClient()
  const mayAdd = useCan('attachment.add')
  const [kind, setKind] = useState<AttachmentKind>('signed_order')
  return (
    <Card
      title={t('order-step:documents.attachments')}
      extra={
        mayAdd && (
          <span className="row">
            <Select
              aria-label={t('order-step:documents.attachments')}
              size="small"
              value={kind}
              popupMatchSelectWidth={false}
              options={ATTACHMENT_KINDS.map(value => ({ value, label: t(`common:attachment_kind.${value}`) }))}
              onChange={setKind}
            />
            <AttachmentUpload
              kind={kind}
              orderId={order.id}
              label={t('order-step:documents.upload')}
              onUploaded={() => void client.invalidateQueries({ queryKey: ['orders', 'one', order.id] })}
            />
          </span>
        )
      }
    >
      {files.length === 0 ? (
        <span className="soft">{t('order-step:documents.none_attachments')}</span>
      ) : (
        <AttachmentList items={files} />
      )}
    </Card>
  )
}

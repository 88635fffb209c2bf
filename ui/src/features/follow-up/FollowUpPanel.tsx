import { PhoneOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Drawer } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ActionBar } from '@/components/ActionBar'
import { ErrorState } from '@/components/ErrorState'
import { Facts } from '@/components/Facts'
import { type LineColumn, LineTable } from '@/components/LineTable'
import { PageSkeleton } from '@/components/PageSkeleton'
import { get } from '@/lib/api/client'
import type { Order, OrderLine } from '@/lib/api/types'
import { isZero } from '@/lib/decimal'
import { formatDate, formatQuantity } from '@/lib/format'
import { reach } from '@/lib/reach'
import { useNarrow } from '@/lib/viewport'
import type { FollowUpDialogs } from './FollowUpsPage'
import { FollowUpTag } from './FollowUpTag'

interface Props {
  /** Id of the order. */
  order: string
  dialogs: FollowUpDialogs
  onClose: () => void
}

/** What one needs for the call: whom, which number, what was delivered and refused; and how it ended. */
export function FollowUpPanel({ order: id, dialogs, onClose }: Props) {
  const { t } = useTranslation()
  const narrow = useNarrow()
  const found = useQuery({ queryKey: ['orders', 'one', id], queryFn: () => get<Order>(`/orders/${id}`) })
  const order = found.data
  return (
    <Drawer
      open
      onClose={onClose}
      size={narrow ? '100%' : 560}
      title={order ? t('follow-up:panel.title', { number: order.number }) : t('nav:follow_ups')}
      extra={order && <Link to={`/orders/${order.id}`}>{t('follow-up:panel.open_order')}</Link>}
    >
      {found.isError ? (
        <ErrorState error={found.error} onRetry={() => void found.refetch()} />
      ) : order ? (
        <Content order={order} dialogs={dialogs} />
      ) : (
        <PageSkeleton lines={6} />
      )}
    </Drawer>
  )
}

function Content({ order, dialogs }: { order: Order; dialogs: FollowUpDialogs }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<'complete' | 'waive' | null>(null)
  const close = () => setOpen(null)
  const followUp = order.follow_up
  const signed = order.shipments.filter(shipment => shipment.signer)
  return (
    <div className="main-column">
      <div className="row wrap">
        <span className="strong">{order.customer.name}</span>
        {followUp && <FollowUpTag row={followUp} />}
      </div>
      {order.contact_phone && (
        <Button href={reach('tel', order.contact_phone)} icon={<PhoneOutlined />} block>
          {order.contact_name} {order.contact_phone}
        </Button>
      )}
      <Facts
        items={[
          { label: t('follow-up:panel.receiver'), value: order.receiver },
          {
            label: t('follow-up:panel.signer'),
            value: signed.map(shipment => `${shipment.signer} ${formatDate(shipment.delivered_on)}`).join('、'),
          },
          { label: t('follow-up:field.due_on'), value: formatDate(followUp?.due_on) },
          ...(followUp?.score ? [{ label: t('follow-up:field.score'), value: String(followUp.score) }] : []),
          ...(followUp?.comment ? [{ label: t('follow-up:field.comment'), value: followUp.comment, wide: true }] : []),
          { label: t('follow-up:panel.requirements'), value: order.special_requirements, wide: true },
        ]}
      />
      <Delivered order={order} />
      <ActionBar
        actions={order.actions}
        verbs={[
          {
            verb: 'follow-up',
            label: t('follow-up:complete'),
            icon: <PhoneOutlined />,
            run: () => setOpen('complete'),
          },
          { verb: 'waive-follow-up', label: t('follow-up:waive'), run: () => setOpen('waive') },
        ]}
      />
      {open && dialogs[open](order, close)}
    </div>
  )
}

function Delivered({ order }: { order: Order }) {
  const { t } = useTranslation()
  const columns: LineColumn<OrderLine>[] = [
    {
      id: 'product',
      label: t('order:line.product'),
      main: true,
      render: line => (
        <>
          {line.name} <span className="soft">{line.spec}</span>
        </>
      ),
    },
    {
      id: 'ordered',
      label: t('follow-up:panel.ordered'),
      end: true,
      render: line => formatQuantity(line.quantity),
    },
    {
      id: 'delivered',
      label: t('follow-up:panel.delivered'),
      end: true,
      render: line => formatQuantity(line.delivered),
    },
    {
      id: 'refused',
      label: t('follow-up:panel.refused'),
      end: true,
      render: line =>
        isZero(line.refused.value) ? '–' : <span className="ink-late strong">{formatQuantity(line.refused)}</span>,
    },
  ]
  return (
    <LineTable
      label={t('follow-up:panel.lines')}
      columns={columns}
      rows={order.lines.slice(0, 100)}
      rowKey={line => line.line_no}
    />
  )
}

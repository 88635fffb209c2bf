import { useTranslation } from 'react-i18next'
import { ClockTag } from '@/components/Clock'
import { FiveTracks } from '@/components/FiveTracks'
import { OrderStatusTag } from '@/components/OrderStatusTag'
import type { OrderRow } from '@/lib/api/types'
import { formatDate, formatMoney } from '@/lib/format'

/** An order in a list at phone width. */
export function OrderCard({ row }: { row: OrderRow }) {
  const { t } = useTranslation()
  return (
    <span className="order-card">
      <span className="row">
        <span className="strong cut grow">{row.customer.name}</span>
        <span className="strong mono">{formatMoney(row.payable)}</span>
      </span>
      <span className="row">
        <span className="soft cut grow">{row.number || t('order:no_number')}</span>
        {row.clock && <ClockTag clock={row.clock} />}
        <OrderStatusTag status={row.status} held={row.held} />
      </span>
      <span className="row">
        <FiveTracks tracks={row.tracks} />
        <span className="soft cut grow" style={{ textAlign: 'end' }}>
          {row.waiting_for?.text ?? ''}
        </span>
        <span className="soft">{formatDate(row.required_on)}</span>
      </span>
    </span>
  )
}

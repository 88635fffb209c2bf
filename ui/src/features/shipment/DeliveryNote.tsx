/** The delivery note on paper (销售发货单), A4: what is shipped, to whom, and room for the signatures. */
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { ErrorState } from '@/components/ErrorState'
import { PageSkeleton } from '@/components/PageSkeleton'
import { Paper, type PaperFact } from '@/components/Paper'
import type { Order, Shipment } from '@/lib/api/types'
import { sum } from '@/lib/decimal'
import { formatDate, formatValue } from '@/lib/format'
import { useCan } from '@/lib/session'
import { useOrderOf, useShipment } from './queries'

const SIGNS = ['sign_warehouse', 'sign_carrier', 'sign_customer', 'sign_date'] as const

export function DeliveryNotePage() {
  const { id = '' } = useParams()
  const maySeeOrder = useCan('order.view')
  const found = useShipment(id)
  const order = useOrderOf(found.data?.order.id, maySeeOrder)
  if (found.isError) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />
  if (!found.data || (maySeeOrder && order.isPending)) return <PageSkeleton />
  return <Note shipment={found.data} order={order.data ?? null} />
}

/** The sum of the quantities where all lines have one unit. */
export function totalOf(shipment: Pick<Shipment, 'lines'>): string {
  const units = new Set(shipment.lines.map(line => line.unit))
  return units.size === 1 ? formatValue(sum(shipment.lines.map(line => line.quantity.value))) : ''
}

function Note({ shipment, order }: { shipment: Shipment; order: Order | null }) {
  const { t } = useTranslation()
  const facts: PaperFact[] = [
    [t('shipment:field.customer'), shipment.customer.name],
    [t('shipment:field.order'), shipment.order.number],
    [t('shipment:paper.receiver'), order?.receiver || order?.contact_name],
    [t('shipment:paper.phone'), order?.contact_phone],
    [t('shipment:paper.customer_po'), order?.customer_po],
    [t('order:shipment.shipped_on'), formatDate(shipment.shipped_on)],
    [t('shipment:field.warehouse'), shipment.warehouse?.name],
    [t('order:shipment.carrier'), [shipment.carrier, shipment.tracking].filter(Boolean).join(' ')],
  ]
  const wide: PaperFact[] = [
    [t('shipment:paper.address'), order?.delivery_address],
    [t('shipment:paper.packing'), order?.packing],
    [t('shipment:paper.requirements'), order?.special_requirements],
    [t('shipment:field.note'), shipment.note],
  ]
  return (
    <Paper
      title={t('shipment:title')}
      number={shipment.number}
      heading={`${t('shipment:print_note')} ${shipment.number}`}
      printLabel={t('shipment:print')}
      facts={facts}
      wide={wide}
      signs={SIGNS.map(key => t(`shipment:paper.${key}`))}
    >
      <PaperLines shipment={shipment} />
      <p className="paper-remark">{t('shipment:paper.remark')}</p>
    </Paper>
  )
}

function PaperLines({ shipment }: { shipment: Shipment }) {
  const { t } = useTranslation()
  return (
    <table className="paper-lines">
      <thead>
        <tr>
          <th scope="col">{t('shipment:paper.no')}</th>
          <th scope="col">{t('shipment:paper.code')}</th>
          <th scope="col">{t('shipment:paper.name')}</th>
          <th scope="col">{t('shipment:paper.spec')}</th>
          <th scope="col">{t('shipment:paper.unit')}</th>
          <th scope="col" className="num">
            {t('shipment:field.quantity')}
          </th>
          <th scope="col" className="num">
            {t('shipment:field.accepted')}
          </th>
          <th scope="col" className="num">
            {t('shipment:field.refused')}
          </th>
        </tr>
      </thead>
      <tbody>
        {shipment.lines.map((line, index) => (
          <tr key={line.line_no}>
            <td>{index + 1}</td>
            <td>{line.product.code}</td>
            <td>{line.name}</td>
            <td>{line.spec}</td>
            <td>{line.unit}</td>
            <td className="num">{formatValue(line.quantity)}</td>
            <td />
            <td />
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td colSpan={5}>{t('shipment:paper.total')}</td>
          <td className="num">{totalOf(shipment)}</td>
          <td />
          <td />
        </tr>
      </tfoot>
    </table>
  )
}

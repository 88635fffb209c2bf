/** The delivery note on paper (销售发货单), A4: what is shipped, to whom, and room for the signatures. */
import { PrinterOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { ErrorState } from '@/components/ErrorState'
import { PageHead } from '@/components/PageHead'
import { PageSkeleton } from '@/components/PageSkeleton'
import type { Order, Shipment } from '@/lib/api/types'
import { sum } from '@/lib/decimal'
import { formatDate, formatValue } from '@/lib/format'
import { useCan, useSession } from '@/lib/session'
import { useOrderOf, useShipment } from './queries'
import '@/components/paper.css'

export function DeliveryNotePage() {
  const { id = '' } = useParams()
  const { t } = useTranslation()
  const maySeeOrder = useCan('order.view')
  const found = useShipment(id)
  const order = useOrderOf(found.data?.order.id, maySeeOrder)
  if (found.isError) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />
  if (!found.data || (maySeeOrder && order.isPending)) return <PageSkeleton />
  return (
    <div className="page">
      <div className="no-print">
        <PageHead title={`${t('shipment:print_note')} ${found.data.number}`}>
          <Button type="primary" icon={<PrinterOutlined />} onClick={() => window.print()}>
            {t('shipment:print')}
          </Button>
        </PageHead>
      </div>
      <Paper shipment={found.data} order={order.data ?? null} />
    </div>
  )
}

/** The sum of the quantities where all lines have one unit. */
export function totalOf(shipment: Pick<Shipment, 'lines'>): string {
  const units = new Set(shipment.lines.map(line => line.unit))
  return units.size === 1 ? formatValue(sum(shipment.lines.map(line => line.quantity.value))) : ''
}

function Paper({ shipment, order }: { shipment: Shipment; order: Order | null }) {
  const { t } = useTranslation()
  const { session } = useSession()
  const facts: [string, string | null | undefined][] = [
    [t('shipment:field.customer'), shipment.customer.name],
    [t('shipment:field.order'), shipment.order.number],
    [t('shipment:paper.receiver'), order?.receiver || order?.contact_name],
    [t('shipment:paper.phone'), order?.contact_phone],
    [t('shipment:paper.customer_po'), order?.customer_po],
    [t('order:shipment.shipped_on'), formatDate(shipment.shipped_on)],
    [t('shipment:field.warehouse'), shipment.warehouse?.name],
    [t('order:shipment.carrier'), [shipment.carrier, shipment.tracking].filter(Boolean).join(' ')],
  ]
  const wide: [string, string | null | undefined][] = [
    [t('shipment:paper.address'), order?.delivery_address],
    [t('shipment:paper.packing'), order?.packing],
    [t('shipment:paper.requirements'), order?.special_requirements],
    [t('shipment:field.note'), shipment.note],
  ]
  return (
    <article className="paper" aria-label={`${t('shipment:title')} ${shipment.number}`}>
      <header className="paper-head">
        <div className="paper-company">{session.company.name}</div>
        <h2>{t('shipment:title')}</h2>
        <div className="paper-number">No. {shipment.number}</div>
      </header>
      <dl className="paper-facts">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        {wide
          .filter(([, value]) => value)
          .map(([label, value]) => (
            <div key={label} className="paper-wide">
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      <PaperLines shipment={shipment} />
      <p className="paper-remark">{t('shipment:paper.remark')}</p>
      <div className="paper-signs">
        {(['sign_warehouse', 'sign_carrier', 'sign_customer', 'sign_date'] as const).map(key => (
          <div key={key}>{t(`shipment:paper.${key}`)}</div>
        ))}
      </div>
    </article>
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

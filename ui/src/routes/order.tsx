import { lazy } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { VoidInvoice } from '@/features/invoice/void'
import { OrderPage } from '@/features/order/page/OrderPage'
import { ReversePayment } from '@/features/payment/reverse'

const DeliverShipment = lazy(() =>
  import('@/features/shipment/deliver').then(module => ({ default: module.DeliverShipment })),
)

/** An order with what can be done to its papers. */
export default function OrderRoute() {
  const { t } = useTranslation()
  return (
    <OrderPage
      deliver={(shipment, close) => <DeliverShipment shipment={shipment} onClose={close} onDone={close} />}
      shipmentActions={shipment => <Link to={`/shipments/${shipment.id}/print`}>{t('shipment:print')}</Link>}
      invoiceActions={invoice => <VoidInvoice invoice={invoice} small />}
      paymentActions={payment => <ReversePayment payment={payment} small />}
    />
  )
}

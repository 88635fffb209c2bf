import { OrderPage } from '@/features/order/page/OrderPage'
import { DeliverShipment } from '@/features/shipment/deliver'

export default function OrderRoute() {
  return (
    <OrderPage deliver={(shipment, close) => <DeliverShipment shipment={shipment} onClose={close} onDone={close} />} />
  )
}

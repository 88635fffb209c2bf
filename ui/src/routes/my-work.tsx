import { MyWorkPage } from '@/features/my-work/MyWorkPage'
import { OrderDecision } from '@/features/order/decide/OrderDecision'
import { DeliverShipment } from '@/features/shipment/deliver'

export default function MyWorkRoute() {
  return (
    <MyWorkPage
      render={(item, onDone) => (
        <OrderDecision
          key={`${item.kind}-${item.order.id}`}
          id={item.order.id}
          verb={item.verb}
          onDone={onDone}
          deliver={(shipment, close) => <DeliverShipment shipment={shipment} onClose={close} onDone={close} />}
        />
      )}
    />
  )
}

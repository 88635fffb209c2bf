import { lazy } from 'react'
import { MyWorkPage } from '@/features/my-work/MyWorkPage'
import { OrderDecision } from '@/features/order/decide/OrderDecision'

const DeliverShipment = lazy(() =>
  import('@/features/shipment/deliver').then(module => ({ default: module.DeliverShipment })),
)

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

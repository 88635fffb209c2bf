import { lazy } from 'react'
import { MyWorkPage } from '@/features/my-work/MyWorkPage'
import { OrderDecision } from '@/features/order/decide/OrderDecision'

const MyTasks = lazy(() => import('@/features/task/MyTasks').then(module => ({ default: module.MyTasks })))
const MyChanges = lazy(() => import('@/features/change/MyChanges').then(module => ({ default: module.MyChanges })))
const MyGrades = lazy(() => import('@/features/customer/MyGrades').then(module => ({ default: module.MyGrades })))
const MyInquiries = lazy(() =>
  import('@/features/inquiry/MyInquiries').then(module => ({ default: module.MyInquiries })),
)
const MyQuotations = lazy(() =>
  import('@/features/quotation/MyQuotations').then(module => ({ default: module.MyQuotations })),
)
const DeliverShipment = lazy(() =>
  import('@/features/shipment/deliver').then(module => ({ default: module.DeliverShipment })),
)

export default function MyWorkRoute() {
  return (
    <MyWorkPage
      grades={grades => <MyGrades grades={grades} />}
      inquiries={inquiries => <MyInquiries inquiries={inquiries} />}
      quotations={quotations => <MyQuotations quotations={quotations} />}
      changes={changes => <MyChanges changes={changes} />}
      tasks={tasks => <MyTasks tasks={tasks} />}
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

import { lazy } from 'react'
import { OrderClocks } from '@/features/clock/OrderClocks'
import { OrderPage } from '@/features/order/page/OrderPage'
import { useCan } from '@/lib/session'

const DeliverShipment = lazy(() =>
  import('@/features/shipment/deliver').then(module => ({ default: module.DeliverShipment })),
)
const DocumentsCard = lazy(() =>
  import('@/features/document/DocumentsCard').then(module => ({ default: module.DocumentsCard })),
)
const EvidenceCard = lazy(() =>
  import('@/features/evidence/EvidenceCard').then(module => ({ default: module.EvidenceCard })),
)
const VoidInvoice = lazy(() => import('@/features/invoice/void').then(module => ({ default: module.VoidInvoice })))
const ReversePayment = lazy(() =>
  import('@/features/payment/reverse').then(module => ({ default: module.ReversePayment })),
)

const OrderTasks = lazy(() => import('@/features/task/OrderTasks').then(module => ({ default: module.OrderTasks })))

const OrderChanges = lazy(() =>
  import('@/features/change/OrderChanges').then(module => ({ default: module.OrderChanges })),
)

const OrderTroubles = lazy(() =>
  import('@/features/exception/OrderTroubles').then(module => ({ default: module.OrderTroubles })),
)

const OrderAgentCard = lazy(() =>
  import('@/features/agent/AgencyCard').then(module => ({ default: module.OrderAgentCard })),
)

export default function OrderRoute() {
  const maySeeAgents = useCan('agent.view')
  return (
    <OrderPage
      clocks={order => <OrderClocks order={order} />}
      deliver={(shipment, close) => <DeliverShipment shipment={shipment} onClose={close} onDone={close} />}
      documents={order => <DocumentsCard of={`/orders/${order.id}`} />}
      evidence={order => <EvidenceCard order={order} />}
      invoiceActions={invoice => <VoidInvoice invoice={invoice} small />}
      paymentActions={payment => <ReversePayment payment={payment} small />}
      agent={order => maySeeAgents && <OrderAgentCard order={order.id} />}
      changes={order => <OrderChanges order={order} />}
      troubles={order => <OrderTroubles order={order} />}
      tasks={order => <OrderTasks order={order.id} />}
    />
  )
}

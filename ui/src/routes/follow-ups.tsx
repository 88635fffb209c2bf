import { lazy, Suspense } from 'react'
import { FollowUpsPage } from '@/features/follow-up/FollowUpsPage'
import { WaiveFollowUp } from '@/features/order/waive-follow-up'

const FollowUpOrder = lazy(() =>
  import('@/features/order/follow-up').then(module => ({ default: module.FollowUpOrder })),
)

/** Follow-ups, ended by the steps of their orders. */
export default function FollowUpsRoute() {
  return (
    <FollowUpsPage
      complete={(order, close) => (
        <Suspense fallback={null}>
          <FollowUpOrder order={order} onClose={close} onDone={close} />
        </Suspense>
      )}
      waive={(order, close) => <WaiveFollowUp order={order} onClose={close} onDone={close} />}
    />
  )
}

import { FollowUpsPage } from '@/features/follow-up/FollowUpsPage'
import { FollowUpOrder } from '@/features/order/follow-up'
import { WaiveFollowUp } from '@/features/order/waive-follow-up'

/** Follow-ups, ended by the steps of their orders. */
export default function FollowUpsRoute() {
  return (
    <FollowUpsPage
      complete={(order, close) => <FollowUpOrder order={order} onClose={close} onDone={close} />}
      waive={(order, close) => <WaiveFollowUp order={order} onClose={close} onDone={close} />}
    />
  )
}

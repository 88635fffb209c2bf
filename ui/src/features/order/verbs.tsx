/** Every step of an order: its picture, and what opens when it is pressed; one without a dialog acts at once. */
import {
  AuditOutlined,
  CarOutlined,
  CheckOutlined,
  CloseOutlined,
  CopyOutlined,
  DiffOutlined,
  EditOutlined,
  FileDoneOutlined,
  FileProtectOutlined,
  InboxOutlined,
  LockOutlined,
  MailOutlined,
  MoneyCollectOutlined,
  PauseCircleOutlined,
  PayCircleOutlined,
  PhoneOutlined,
  PlayCircleOutlined,
  RollbackOutlined,
  ScissorOutlined,
  SendOutlined,
  SignatureOutlined,
  StopOutlined,
  UnlockOutlined,
} from '@ant-design/icons'
import { type ComponentType, lazy, type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { Verb } from '@/components/ActionBar'
import type { Order, OrderState } from '@/lib/api/types'
import { useOrderSteps, type VerbProps } from './step'

interface OrderVerb {
  verb: string
  icon: ReactNode
  danger?: boolean
  quiet?: boolean
  Dialog?: ComponentType<VerbProps>
}

const SendConfirmation = lazy(() =>
  import('./confirmation/send').then(module => ({ default: module.SendConfirmation })),
)
const RecordSignedCopy = lazy(() =>
  import('./confirmation/record').then(module => ({ default: module.RecordSignedCopy })),
)
const CancelOrder = lazy(() => import('./cancel').then(module => ({ default: module.CancelOrder })))
const CloseShort = lazy(() => import('./close-short').then(module => ({ default: module.CloseShort })))
const HoldOrder = lazy(() => import('./hold').then(module => ({ default: module.HoldOrder })))
const RejectOrder = lazy(() => import('./reject').then(module => ({ default: module.RejectOrder })))
const ReopenOrder = lazy(() => import('./reopen').then(module => ({ default: module.ReopenOrder })))
const ReturnOrder = lazy(() => import('./return').then(module => ({ default: module.ReturnOrder })))
const VoidOrder = lazy(() => import('./void').then(module => ({ default: module.VoidOrder })))
const WaiveFollowUp = lazy(() => import('./waive-follow-up').then(module => ({ default: module.WaiveFollowUp })))
const ReviewOrder = lazy(() => import('./review').then(module => ({ default: module.ReviewOrder })))
const RecordPayment = lazy(() => import('./record-payment').then(module => ({ default: module.RecordPayment })))
const RecordRefund = lazy(() => import('./record-payment').then(module => ({ default: module.RecordRefund })))
const ShipOrder = lazy(() => import('./ship').then(module => ({ default: module.ShipOrder })))
const InvoiceOrder = lazy(() => import('./invoice').then(module => ({ default: module.InvoiceOrder })))
const FollowUpOrder = lazy(() => import('./follow-up').then(module => ({ default: module.FollowUpOrder })))

/** In the order in which they stand as buttons. */
export const ORDER_VERBS: OrderVerb[] = [
  { verb: 'submit', icon: <SendOutlined /> },
  { verb: 'edit', icon: <EditOutlined /> },
  { verb: 'review', icon: <AuditOutlined />, Dialog: ReviewOrder },
  { verb: 'approve', icon: <CheckOutlined /> },
  { verb: 'resume', icon: <PlayCircleOutlined /> },
  { verb: 'ship', icon: <CarOutlined />, Dialog: ShipOrder },
  { verb: 'deliver', icon: <FileProtectOutlined /> },
  { verb: 'invoice', icon: <FileDoneOutlined />, Dialog: InvoiceOrder },
  { verb: 'record-payment', icon: <MoneyCollectOutlined />, Dialog: RecordPayment },
  { verb: 'record-refund', icon: <PayCircleOutlined />, Dialog: RecordRefund },
  { verb: 'follow-up', icon: <PhoneOutlined />, Dialog: FollowUpOrder },
  { verb: 'close', icon: <LockOutlined /> },
  { verb: 'reserve', icon: <InboxOutlined /> },
  { verb: 'record-signed-copy', icon: <SignatureOutlined />, Dialog: RecordSignedCopy },
  { verb: 'send-confirmation', icon: <MailOutlined />, Dialog: SendConfirmation },
  { verb: 'return', icon: <RollbackOutlined />, quiet: true, Dialog: ReturnOrder },
  { verb: 'waive-follow-up', icon: <PhoneOutlined />, quiet: true, Dialog: WaiveFollowUp },
  { verb: 'reopen', icon: <UnlockOutlined />, quiet: true, Dialog: ReopenOrder },
  { verb: 'change', icon: <DiffOutlined />, quiet: true },
  { verb: 'hold', icon: <PauseCircleOutlined />, quiet: true, Dialog: HoldOrder },
  { verb: 'copy', icon: <CopyOutlined />, quiet: true },
  { verb: 'close-short', icon: <ScissorOutlined />, quiet: true, Dialog: CloseShort },
  { verb: 'reject', icon: <CloseOutlined />, danger: true, Dialog: RejectOrder },
  { verb: 'cancel', icon: <StopOutlined />, danger: true, Dialog: CancelOrder },
  { verb: 'void', icon: <StopOutlined />, danger: true, Dialog: VoidOrder },
]

/** Steps that need nothing but the press of the button. */
const BODIES: Record<string, object> = { approve: { note: '' } }

interface Given {
  /** What "deliver" opens; it belongs to the shipment. */
  onDeliver?: () => void
  onDone?: (answer: OrderState, verb: string) => void
}

/** The verbs of an order as buttons, the dialog that is open, and the one that is under way. */
export function useOrderVerbs(
  order: Order,
  given: Given = {},
): { verbs: Verb[]; dialog: ReactNode; busy: string | null } {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [open, setOpen] = useState<string | null>(null)
  const done = (answer: OrderState, verb: string) => {
    setOpen(null)
    if (verb === 'copy') void navigate(`/orders/${answer.id}/edit`)
    given.onDone?.(answer, verb)
  }
  const steps = useOrderSteps(order, { onDone: done })
  const run = (verb: OrderVerb) => {
    if (verb.verb === 'edit') void navigate(`/orders/${order.id}/edit`)
    else if (verb.verb === 'change') void navigate(`/orders/${order.id}/change`)
    else if (verb.verb === 'deliver') given.onDeliver?.()
    else if (verb.Dialog) setOpen(verb.verb)
    else if (!steps.isPending) steps.mutate({ verb: verb.verb, body: BODIES[verb.verb] ?? {} })
  }
  const Dialog = ORDER_VERBS.find(verb => verb.verb === open)?.Dialog
  return {
    verbs: ORDER_VERBS.map(verb => ({
      verb: verb.verb,
      label: t(`order:verb.${verb.verb}`),
      icon: verb.icon,
      danger: verb.danger,
      quiet: verb.quiet,
      run: () => run(verb),
    })),
    dialog: Dialog && (
      <Suspense fallback={null}>
        <Dialog order={order} onClose={() => setOpen(null)} onDone={done} />
      </Suspense>
    ),
    busy: steps.isPending ? (steps.variables?.verb ?? null) : null,
  }
}

import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Gate, Order } from '@/lib/api/types'
import { compare, isZero } from '@/lib/decimal'
import { formatMoney, formatRate } from '@/lib/format'
import { useCan } from '@/lib/session'
import { useCreditProposal } from './queries'
import { useOrderSteps } from './step'

const OVER = 'order.over_credit_limit'
const SHIP = 'order.ship.credit'
const BLOCKED = 'customer.blocked'

interface Props {
  order: Order
  gates: Gate[]
  onDone?: () => void
}

/** What can be done about a gate of credit: terms that make the order fit, and the way to finance's release (CRD-02). */
export function CreditHelp({ order, gates, onDone }: Props) {
  const { t } = useTranslation()
  const mayRelease = useCan('credit.release')
  const mayBlock = useCan('credit.block')
  const codes = gates.map(gate => gate.code)
  const over = codes.includes(OVER)
  const released = mayRelease && (over || codes.includes(SHIP))
  if (!over && !released && !(mayBlock && codes.includes(BLOCKED))) return null
  return (
    <div className="credit-help">
      {over && <Proposal order={order} onDone={onDone} />}
      {released && (
        <Link to={`/customers/${order.customer.id}?release=${order.id}`}>{t('order-step:proposal.release')}</Link>
      )}
      {mayBlock && codes.includes(BLOCKED) && (
        <Link to={`/customers/${order.customer.id}`}>{t('order-step:proposal.unblock')}</Link>
      )}
    </div>
  )
}

function Proposal({ order, onDone }: { order: Order; onDone?: () => void }) {
  const { t } = useTranslation()
  const found = useCreditProposal(order).data
  const steps = useOrderSteps(order, { onDone })
  if (!found || isZero(found.missing.amount)) return null
  const rate = formatRate(found.deposit_rate)
  const values = {
    missing: formatMoney(found.missing),
    rate,
    deposit: formatMoney(found.deposit),
    received: formatMoney(found.received),
    to_receive: formatMoney(found.to_receive),
  }
  if (!found.possible) return <p>{t('order-step:proposal.impossible', values)}</p>
  const settled = compare(found.deposit_rate, found.current_deposit_rate) === 0
  return (
    <>
      <p>{t(settled ? 'order-step:proposal.waiting' : 'order-step:proposal.terms', values)}</p>
      {found.applicable && (
        <Button
          size="small"
          loading={steps.isPending}
          onClick={() =>
            steps.mutate({
              verb: 'propose-terms',
              body: { deposit_rate: found.deposit_rate, reason: t('order-step:proposal.reason', values) },
            })
          }
        >
          {t('order-step:proposal.apply', values)}
        </Button>
      )}
    </>
  )
}

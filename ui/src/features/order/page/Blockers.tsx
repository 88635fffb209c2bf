import { ArrowRightOutlined, StopFilled } from '@ant-design/icons'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { GateList } from '@/components/GateList'
import type { Action, Gate, Order } from '@/lib/api/types'
import { CreditHelp } from '../CreditHelp'

const OverrideGate = lazy(() => import('../override-gate'))

/** Steps that people wait for; what refuses them is shown before anyone tries. */
const AHEAD = ['submit', 'review', 'approve', 'send-confirmation', 'ship', 'invoice', 'close']

/** Those, and any other step before which a gate of the company is shut that somebody may override. */
function blocked(order: Order): Action[] {
  const refused = order.actions.filter(action => !action.allowed && action.gates.length > 0)
  const ahead = AHEAD.flatMap(verb => refused.filter(action => action.verb === verb))
  const others = refused
    .filter(action => !AHEAD.includes(action.verb))
    .map(action => ({ ...action, gates: action.gates.filter(gate => gate.override_by.length > 0) }))
    .filter(action => action.gates.length > 0)
  return [...ahead, ...others]
}

/** What stands in the way: who is awaited, and each refused step with its missing facts. */
export function Blockers({ order }: { order: Order }) {
  const { t } = useTranslation()
  const actions = blocked(order)
  const [passing, setPassing] = useState<{ gate: Gate; verb: string } | null>(null)
  const waiting = order.waiting_for
  if (!waiting && actions.length === 0 && !order.held) return null
  return (
    <section className="blockers" aria-label={t('order:blockers.title')}>
      {order.held && (
        <div className="blocker">
          <StopFilled className="ink-late" aria-hidden="true" />
          <div>
            <span className="strong">{t('order:held')}</span>
            {order.hold_reason && <span>：{order.hold_reason}</span>}
          </div>
        </div>
      )}
      {waiting && (
        <div className="blocker">
          <ArrowRightOutlined aria-hidden="true" />
          <div>
            <span className="soft">{t('order:waiting.title')} </span>
            <span className="strong">{waiting.text}</span>
            <span className="soft"> {t('order:waiting.who', { who: waiting.who_name })}</span>
          </div>
        </div>
      )}
      {actions.map(action => (
        <div className="blocker" key={action.verb}>
          <StopFilled className="ink-risk" aria-hidden="true" />
          <div>
            <span className="strong">{t('order:blockers.verb', { verb: t(`order:verb.${action.verb}`) })}</span>
            <GateList gates={action.gates} onOverride={gate => setPassing({ gate, verb: action.verb })} />
            <CreditHelp order={order} gates={action.gates} />
          </div>
        </div>
      ))}
      <Suspense fallback={null}>
        {passing && (
          <OverrideGate order={order} gate={passing.gate} verb={passing.verb} onClose={() => setPassing(null)} />
        )}
      </Suspense>
    </section>
  )
}

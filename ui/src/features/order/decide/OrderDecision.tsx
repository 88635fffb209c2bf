/** One order with just what is needed to decide on it, the buttons that do it, and its history beside. */
import { Button, Input } from 'antd'
import { type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ActionBar } from '@/components/ActionBar'
import { CreditBar } from '@/components/CreditBar'
import { ErrorState } from '@/components/ErrorState'
import { FiveTracks } from '@/components/FiveTracks'
import { GateList } from '@/components/GateList'
import { OrderStatusTag } from '@/components/OrderStatusTag'
import { PageSkeleton } from '@/components/PageSkeleton'
import { StateTag } from '@/components/StateTag'
import type { Margin, Order, Shipment } from '@/lib/api/types'
import { formatDate, formatMoney, formatRate } from '@/lib/format'
import { useShortcuts } from '@/lib/keyboard'
import { Checklist, useChecklist } from '../Checklist'
import { CreditHelp } from '../CreditHelp'
import { Entry } from '../page/Timeline'
import { useCustomer, useOrder, useOrderEvents } from '../queries'
import { useOrderSteps } from '../step'
import { useOrderVerbs } from '../verbs'
import { Deviations } from './Deviations'
import { LinesBrief } from './LinesBrief'
import '../order.css'
import './decide.css'

interface Props {
  id: string
  /** What is asked for: `review`, `approve`, `ship`, … */
  verb: string
  /** It is done: on to the next. */
  onDone: () => void
  deliver: (shipment: Shipment, close: () => void) => ReactNode
}

export function OrderDecision(props: Props) {
  const query = useOrder(props.id)
  if (query.isPending) return <PageSkeleton />
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  return <Decision key={query.data.id} order={query.data} {...props} />
}

function Decision({ order, verb, onDone, deliver }: Props & { order: Order }) {
  const { t } = useTranslation()
  const customer = useCustomer(order.customer.id).data
  const checklist = useChecklist(order)
  const credit = order.customer.credit ?? customer?.credit ?? null
  const claims = ['draft', 'submitted', 'reviewed', 'approved'].includes(order.status)
  const facts: [string, ReactNode][] = [
    [t('order:field.required_on'), formatDate(order.required_on)],
    [t('order:field.settlement'), t(`order:settlement.${order.settlement}`)],
    [t('order:money.deposit'), formatMoney(order.deposit)],
    ...(order.margin
      ? ([[t('order:margin.title'), <MarginFact key="margin" margin={order.margin} />]] satisfies [string, ReactNode][])
      : []),
    [t('order:field.entered_by'), order.entered_by.name],
    [t('order:field.warehouse'), order.warehouse?.name ?? '–'],
  ]
  return (
    <>
      <section className="decision" aria-label={order.number}>
        <header className="decision-head">
          <div className="row wrap">
            <Link to={`/orders/${order.id}`} className="decision-number">
              {order.number || t('order:no_number')}
            </Link>
            <OrderStatusTag status={order.status} held={order.held} />
            <FiveTracks tracks={order.tracks} />
          </div>
          <div className="decision-title">
            <span className="cut">{order.customer.name}</span>
            <span className="state tone-idle">{t('order:grade', { grade: order.customer.grade })}</span>
            <span className="grow" />
            <span className="decision-amount mono">{formatMoney(order.payable)}</span>
          </div>
        </header>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
        <section className="decision-body" aria-label={t('order-step:tab.label')} tabIndex={0}>
          {credit && <CreditBar credit={credit} claim={claims ? order.payable.amount : undefined} />}
          <Deviations order={order} />
          {verb === 'approve' && order.rules.risks.length > 0 && (
            <div className="row wrap">
              {order.rules.risks.map(risk => (
                <StateTag key={risk.code} tone="risk">
                  {risk.name}
                </StateTag>
              ))}
            </div>
          )}
          <dl className="facts">
            {facts.map(([label, value]) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ))}
            {order.delivery_address && (
              <div className="wide">
                <dt>{t('order:field.delivery_address')}</dt>
                <dd>{order.delivery_address}</dd>
              </div>
            )}
            {order.special_requirements && (
              <div className="wide">
                <dt>{t('order:field.special_requirements')}</dt>
                <dd className="pre">{order.special_requirements}</dd>
              </div>
            )}
            {order.notes && (
              <div className="wide">
                <dt>{t('order:field.notes')}</dt>
                <dd className="pre">{order.notes}</dd>
              </div>
            )}
          </dl>
          <LinesBrief order={order} />
          {verb === 'review' && (
            <section className="decision-checklist" aria-label={t('order-step:approvals.checklist')}>
              <Checklist order={order} ticked={checklist.ticked} onChange={checklist.setTicked} />
            </section>
          )}
        </section>
        <Decide order={order} verb={verb} onDone={onDone} deliver={deliver} checklist={checklist} />
      </section>
      <History order={order} />
    </>
  )
}

/** What is earned, in one line. */
function MarginFact({ margin }: { margin: Margin }) {
  const { t } = useTranslation()
  if (!margin.known) return <span className="soft">{t('order:margin.unknown')}</span>
  return (
    <span className={margin.low ? 'ink-late strong' : undefined}>
      {formatMoney(margin.amount)} · {formatRate(margin.percent)}
    </span>
  )
}

type Ticks = ReturnType<typeof useChecklist>

function Decide(props: Omit<Props, 'id'> & { order: Order; checklist: Ticks }) {
  const { order, verb, onDone, deliver } = props
  const [delivering, setDelivering] = useState<Shipment | null>(null)
  const given = {
    onDone,
    onDeliver: () => setDelivering(order.shipments.find(shipment => shipment.status === 'shipped') ?? null),
  }
  const { verbs, dialog, busy } = useOrderVerbs(order, given)
  const first = verb === 'review' || verb === 'approve' ? null : verb
  const ordered = first ? [...verbs].sort((a, b) => Number(b.verb === first) - Number(a.verb === first)) : verbs
  return (
    <footer className="decision-foot">
      {verb === 'review' && (
        <Review
          order={order}
          checklist={props.checklist}
          onDone={onDone}
          onReturn={() => verbs.find(each => each.verb === 'return')?.run()}
        />
      )}
      {verb === 'approve' && (
        <Approve
          order={order}
          onDone={onDone}
          onReturn={() => verbs.find(each => each.verb === 'return')?.run()}
          onReject={() => verbs.find(each => each.verb === 'reject')?.run()}
        />
      )}
      {first && <ActionBar actions={order.actions} verbs={ordered} busy={busy} room={3} />}
      {dialog}
      <Suspense fallback={null}>
        {delivering &&
          deliver(delivering, () => {
            setDelivering(null)
            onDone()
          })}
      </Suspense>
    </footer>
  )
}

function useRefusal(order: Order, verb: string) {
  const action = order.actions.find(each => each.verb === verb)
  return action && !action.allowed ? action : null
}

/** Why it cannot be decided by this person or now. */
function Refusal({ order, verb, onDone }: { order: Order; verb: string; onDone: () => void }) {
  const { t } = useTranslation()
  const refused = useRefusal(order, verb)
  if (!refused) return null
  return (
    <div className="decision-wide">
      <div className="ink-late">
        {refused.gates.length > 0 ? <GateList gates={refused.gates} /> : (refused.message ?? t('common:refused'))}
      </div>
      <CreditHelp order={order} gates={refused.gates} onDone={onDone} />
    </div>
  )
}

function Review(props: { order: Order; checklist: Ticks; onDone: () => void; onReturn: () => void }) {
  const { order, onDone, onReturn } = props
  const { t } = useTranslation()
  const { ticked, codes, complete } = props.checklist
  const steps = useOrderSteps(order, { onDone })
  const refused = useRefusal(order, 'review')
  const pass = () => steps.mutate({ verb: 'review', body: { checklist: ticked } })
  useShortcuts([
    {
      keys: 'mod+Enter',
      label: 'order-step:review.confirm',
      run: () => complete && !refused && pass(),
      inFields: true,
    },
  ])
  return (
    <>
      <Refusal order={order} verb="review" onDone={onDone} />
      <Button type="primary" disabled={!complete || refused !== null} loading={steps.isPending} onClick={pass}>
        {complete
          ? t('order-step:review.confirm')
          : t('order-step:review.progress', { done: ticked.length, total: codes.length })}
      </Button>
      <Button disabled={useRefusal(order, 'return') !== null} onClick={onReturn}>
        {t('order:verb.return')}
      </Button>
    </>
  )
}

function Approve(props: { order: Order; onDone: () => void; onReturn: () => void; onReject: () => void }) {
  const { order, onDone } = props
  const { t } = useTranslation()
  const [note, setNote] = useState('')
  const steps = useOrderSteps(order, { onDone })
  const refused = useRefusal(order, 'approve')
  const approve = () => steps.mutate({ verb: 'approve', body: { note } })
  useShortcuts([{ keys: 'mod+Enter', label: 'order:verb.approve', run: () => !refused && approve(), inFields: true }])
  return (
    <>
      <Input
        className="decision-wide"
        value={note}
        maxLength={500}
        placeholder={t('order:approve.note')}
        aria-label={t('order:approve.note')}
        onChange={event => setNote(event.target.value)}
      />
      <Refusal order={order} verb="approve" onDone={onDone} />
      <Button type="primary" disabled={refused !== null} loading={steps.isPending} onClick={approve}>
        {t('order:verb.approve')}
      </Button>
      <Button disabled={useRefusal(order, 'return') !== null} onClick={props.onReturn}>
        {t('order:verb.return')}
      </Button>
      <Button danger disabled={useRefusal(order, 'reject') !== null} onClick={props.onReject}>
        {t('order:verb.reject')}
      </Button>
    </>
  )
}

function History({ order }: { order: Order }) {
  const { t } = useTranslation()
  const events = useOrderEvents(order.id)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    <aside className="decision-history" aria-label={t('order-step:tab.timeline')} tabIndex={0}>
      <h2>{t('order-step:tab.timeline')}</h2>
      <ol className="timeline">
        {(events.data?.items ?? []).slice(0, 30).map(event => (
          <Entry key={event.position} event={event} />
        ))}
      </ol>
    </aside>
  )
}

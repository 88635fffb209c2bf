/** One order: five tracks, what stands in the way, and everything about it without leaving. */
import { lazy, type ReactNode, Suspense, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { ActionBar } from '@/components/ActionBar'
import { ErrorState } from '@/components/ErrorState'
import { TrackStrip } from '@/components/FiveTracks'
import { OrderStatusTag } from '@/components/OrderStatusTag'
import { PageHead } from '@/components/PageHead'
import { PageSkeleton } from '@/components/PageSkeleton'
import { useCommands } from '@/components/palette/commands'
import { Tabs } from '@/components/Tabs'
import type { Invoice, Order, Payment, Shipment } from '@/lib/api/types'
import { add, compare, isZero } from '@/lib/decimal'
import { formatDate, formatMoney } from '@/lib/format'
import { useShortcuts } from '@/lib/keyboard'
import { useUrlState } from '@/lib/url-state'
import { useOrder } from '../queries'
import { useOrderVerbs } from '../verbs'
import { Blockers } from './Blockers'
import { Lines } from './Lines'
import { CustomerRail, OrderRail } from './Rail'
import '../order.css'

const ContractDifferences = lazy(() =>
  import('../ContractDifferences').then(module => ({ default: module.ContractDifferences })),
)
const Approvals = lazy(() => import('./Approvals').then(module => ({ default: module.Approvals })))
const ConfirmationCard = lazy(() =>
  import('../confirmation/ConfirmationCard').then(module => ({ default: module.ConfirmationCard })),
)
const Documents = lazy(() => import('./Documents').then(module => ({ default: module.Documents })))
const MoneyTab = lazy(() => import('./MoneyTab').then(module => ({ default: module.MoneyTab })))
const Timeline = lazy(() => import('./Timeline').then(module => ({ default: module.Timeline })))

/** What belongs to other nouns and is put in by the route. */
export interface OrderPageParts {
  deliver: (shipment: Shipment, close: () => void) => ReactNode
  /** The time limits of the order. */
  clocks?: (order: Order) => ReactNode
  shipmentActions?: (shipment: Shipment) => ReactNode
  invoiceActions?: (invoice: Invoice) => ReactNode
  paymentActions?: (payment: Payment) => ReactNode
  evidence?: (order: Order) => ReactNode
  /** The documents that were made of the order. */
  documents?: (order: Order) => ReactNode
  /** The tasks of the order. */
  tasks: (order: Order) => ReactNode
  /** The changes of the order. */
  changes: (order: Order) => ReactNode
  /** Exceptions downstream, and questions for which it rests. */
  troubles: (order: Order) => ReactNode
  /** Through which agent it came. */
  agent?: (order: Order) => ReactNode
}

export function OrderPage(parts: OrderPageParts) {
  const { id = '' } = useParams()
  const query = useOrder(id)
  if (query.isPending) return <PageSkeleton />
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  return <Loaded order={query.data} parts={parts} />
}

/** Orders that have been effective. */
const TROUBLED = new Set<Order['status']>(['effective', 'closed', 'cancelled'])

const TABS = ['lines', 'money', 'documents', 'tasks', 'approvals', 'changes', 'timeline'] as const

function tabOf(value: string | undefined): (typeof TABS)[number] {
  return TABS.find(tab => tab === value) ?? 'lines'
}

function Loaded({ order, parts }: { order: Order; parts: OrderPageParts }) {
  const { t } = useTranslation()
  const [url, change] = useUrlState()
  const tab = tabOf(url.tab)
  const open = (value: string) => change({ tab: value === 'lines' ? null : value })
  const [delivering, setDelivering] = useState<Shipment | null>(null)
  const onWay = order.shipments.find(shipment => shipment.status === 'shipped')
  const { verbs, dialog, busy } = useOrderVerbs(order, { onDeliver: () => setDelivering(onWay ?? null) })
  const commands = useMemo(
    () =>
      verbs
        .filter(verb => order.actions.some(action => action.verb === verb.verb && action.allowed))
        .map(verb => ({ id: verb.verb, label: verb.label, icon: verb.icon, words: verb.verb, run: verb.run })),
    [verbs, order.actions],
  )
  useCommands(commands)
  const allowed = (verb: string) => order.actions.some(action => action.verb === verb && action.allowed)
  useShortcuts([
    ...(allowed('edit')
      ? [{ keys: 'e', label: 'keys:edit', run: () => verbs.find(verb => verb.verb === 'edit')?.run() }]
      : []),
    ...TABS.map((value, index) => ({
      keys: String(index + 1),
      label: `order-step:tab.${value}`,
      run: () => open(value),
    })),
  ])
  const counts: Partial<Record<string, number>> = {
    lines: order.lines.length,
    documents: order.shipments.length + order.attachments.filter(file => file.subject_kind !== 'shipment').length,
  }
  return (
    <div className="page order-page">
      <PageHead
        title={order.number || t('order:no_number')}
        tags={<OrderStatusTag status={order.status} held={order.held} />}
      >
        <ActionBar actions={order.actions} verbs={verbs} busy={busy} />
      </PageHead>
      <Headline order={order} />
      <TrackStrip tracks={order.tracks} extra={extras(t, order)} />
      <div className="order-columns">
        <div className="order-main">
          {parts.clocks?.(order)}
          <Blockers order={order} />
          {TROUBLED.has(order.status) && <Suspense fallback={null}>{parts.troubles(order)}</Suspense>}
          {order.contract && order.contract.differences.length > 0 && (
            <section className="card card-body">
              <Suspense fallback={<PageSkeleton lines={2} />}>
                <ContractDifferences contract={order.contract} />
              </Suspense>
            </section>
          )}
          {confirmed(order) && (
            <Suspense fallback={<PageSkeleton lines={2} />}>
              <ConfirmationCard order={order} />
            </Suspense>
          )}
          <Tabs
            label={t('order-step:tab.label')}
            tabs={TABS.map(value => ({ value, label: `order-step:tab.${value}`, count: counts[value] }))}
            value={tab}
            onChange={open}
          />
          <div role="tabpanel" id="tab-panel" aria-labelledby={`tab-${tab}`} className="order-panel">
            <Suspense fallback={<PageSkeleton lines={5} />}>
              {tab === 'lines' && <Lines order={order} />}
              {tab === 'money' && <MoneyTab order={order} parts={parts} />}
              {tab === 'documents' && <Documents order={order} parts={parts} onDeliver={setDelivering} />}
              {tab === 'tasks' && parts.tasks(order)}
              {tab === 'approvals' && <Approvals order={order} />}
              {tab === 'changes' && parts.changes(order)}
              {tab === 'timeline' && <Timeline id={order.id} />}
            </Suspense>
          </div>
        </div>
        <aside className="order-rail">
          <CustomerRail order={order} />
          <Suspense fallback={null}>{parts.agent?.(order)}</Suspense>
          <OrderRail order={order} />
        </aside>
      </div>
      {dialog}
      <Suspense fallback={null}>{delivering && parts.deliver(delivering, () => setDelivering(null))}</Suspense>
    </div>
  )
}

function Headline({ order }: { order: Order }) {
  const { t } = useTranslation()
  const facts: [string, ReactNode][] = [
    [t('order:field.customer'), order.customer.name],
    [
      t('order:money.payable'),
      <span key="p" className="mono">
        {formatMoney(order.payable)}
      </span>,
    ],
    [
      t('order:money.open'),
      <span key="o" className="mono">
        {formatMoney(order.open)}
      </span>,
    ],
    [t('order:field.required_on'), formatDate(order.required_on)],
    [t('order:field.promised_on'), <Promised key="d" order={order} />],
    [t('order:field.rep'), order.rep?.name ?? '–'],
  ]
  return (
    <dl className="headline">
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Orders whose customer signs, or was sent a confirmation. */
function confirmed(order: Order): boolean {
  return order.signature !== 'none' || order.attachments.some(file => file.kind === 'confirmation')
}

/** While the signed confirmation is not back, the date it has slipped to, with the one that was promised. */
function Promised({ order }: { order: Order }) {
  const { t } = useTranslation()
  const { slip } = order
  if (!slip || slip.days === 0) return formatDate(slip?.current ?? order.promised_on)
  return (
    <>
      <span className="ink-risk strong">{formatDate(slip.current)}</span>{' '}
      <span className="soft">{t('order:slipped', { original: formatDate(slip.original), days: slip.days })}</span>
    </>
  )
}

function extras(t: (key: string, values?: Record<string, unknown>) => string, order: Order) {
  const total = order.lines.length
  const shipped = order.lines.filter(line => compare(line.shipped.value, line.quantity.value) >= 0).length
  const covered = order.lines.filter(
    line => compare(add(line.reserved.value, line.shipped.value), line.quantity.value) >= 0,
  ).length
  return {
    supply:
      order.tracks.supply.state === 'none' ? null : t('order-step:extra.lines_reserved', { done: covered, total }),
    fulfilment:
      shipped > 0 || order.shipments.length > 0 ? t('order-step:extra.lines_shipped', { done: shipped, total }) : null,
    finance: isZero(order.paid.amount) ? null : t('order-step:extra.paid', { paid: formatMoney(order.paid) }),
    service:
      order.tracks.service.state === 'follow_up_due' && order.follow_up
        ? t('order-step:extra.due', { date: formatDate(order.follow_up.due_on) })
        : null,
  }
}

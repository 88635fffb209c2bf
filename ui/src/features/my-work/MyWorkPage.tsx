/** My work: what waits for me, by due; the one in hand with what is needed to decide; act, and the next one comes. */
import { ArrowLeftOutlined, CheckCircleOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { type ReactNode, Suspense, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Clock, ClockTag, useNow } from '@/components/Clock'
import { EmptyState } from '@/components/EmptyState'
import { ErrorState } from '@/components/ErrorState'
import { PageHead } from '@/components/PageHead'
import { PageSkeleton } from '@/components/PageSkeleton'
import type { ChangeRow, CustomerGrade, InquiryRow, QuotationRow, TaskRow, WorkItem } from '@/lib/api/types'
import { formatMoney, isoDate } from '@/lib/format'
import { useShortcuts } from '@/lib/keyboard'
import { useCan } from '@/lib/session'
import { useUrlState } from '@/lib/url-state'
import { useNarrow } from '@/lib/viewport'
import { myWorkQuery } from '@/lib/work-count'
import { Owed } from './Owed'
import './my-work.css'

const GROUPS = ['breached', 'today', 'later'] as const
type Group = (typeof GROUPS)[number]

/** Where an item stands in the queue. */
export function groupOf(item: Pick<WorkItem, 'due_at'>, now: number): Group {
  if (!item.due_at) return 'later'
  const due = new Date(item.due_at)
  if (due.getTime() < now) return 'breached'
  return isoDate(due) === isoDate(new Date(now)) ? 'today' : 'later'
}

/** All of them; the queue shows the first of each kind. */
function totalOf(counts: Record<string, number>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0)
}

const keyOf = (item: WorkItem) => `${item.kind}-${item.order.id}`

interface Props {
  render: (item: WorkItem, onDone: () => void) => ReactNode
  /** The tasks that wait for this person, on top of the queue. */
  tasks: (tasks: TaskRow[]) => ReactNode
  /** The change orders that wait for this person. */
  changes: (changes: ChangeRow[]) => ReactNode
  /** The quotations that wait for this person. */
  quotations: (quotations: QuotationRow[]) => ReactNode
  /** The inquiries that wait for this person. */
  inquiries: (inquiries: InquiryRow[]) => ReactNode
  /** The grades of customers that this person may approve. */
  grades: (grades: CustomerGrade[]) => ReactNode
}

/** What stands above the queue, each with a chip of its own. */
const ABOVE = ['clock', 'owed', 'inquiry', 'change', 'quotation', 'grade', 'task'] as const

export function MyWorkPage({ render, tasks, changes, quotations, inquiries, grades }: Props) {
  const { t } = useTranslation()
  const query = useQuery(myWorkQuery)
  const narrow = useNarrow()
  const [url, change] = useUrlState()
  const above = ABOVE.some(kind => kind === url.kind)
  const shown = (kind: (typeof ABOVE)[number]) => !url.kind || url.kind === kind
  if (query.isPending) return <PageSkeleton />
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  return (
    <div className="work-page">
      <PageHead
        title={t('nav:my_work')}
        tags={<span className="soft">{t('my-work:count', { count: totalOf(query.data.counts) })}</span>}
      />
      {!(narrow && url.item) && (
        <>
          <Kinds
            counts={query.data.counts}
            total={totalOf(query.data.counts)}
            chosen={url.kind}
            onChoose={kind => change({ kind, item: null })}
          />
          <Owed clocks={shown('clock') ? query.data.clocks : []} owed={shown('owed') ? query.data.owed : []} />
          {shown('inquiry') && query.data.inquiries.length > 0 && (
            <Suspense fallback={null}>{inquiries(query.data.inquiries)}</Suspense>
          )}
          {shown('change') && query.data.changes.length > 0 && (
            <Suspense fallback={null}>{changes(query.data.changes)}</Suspense>
          )}
          {shown('quotation') && query.data.quotations.length > 0 && (
            <Suspense fallback={null}>{quotations(query.data.quotations)}</Suspense>
          )}
          {shown('grade') && query.data.grades.length > 0 && (
            <Suspense fallback={null}>{grades(query.data.grades)}</Suspense>
          )}
          {shown('task') && query.data.tasks.length > 0 && (
            <Suspense fallback={null}>{tasks(query.data.tasks)}</Suspense>
          )}
        </>
      )}
      {(query.data.items.length > 0 || totalOf(query.data.counts) === 0) && !above && (
        <Queue items={query.data.items} render={render} />
      )}
    </div>
  )
}

function Queue(props: { items: WorkItem[]; render: (item: WorkItem, onDone: () => void) => ReactNode }) {
  const { t } = useTranslation()
  const narrow = useNarrow()
  const now = useNow()
  const [url, change] = useUrlState()
  const items = props.items.filter(item => !url.kind || item.kind === url.kind)
  const sorted = GROUPS.flatMap(group => items.filter(item => groupOf(item, now) === group))
  const chosen = sorted.findIndex(item => keyOf(item) === url.item)
  const index = chosen >= 0 ? chosen : narrow ? -1 : 0
  const current = sorted[index]
  const list = useRef<HTMLDivElement>(null)

  const open = (at: number) => {
    const item = sorted[Math.max(0, Math.min(sorted.length - 1, at))]
    if (item) change({ item: keyOf(item) }, narrow && chosen < 0)
  }
  useShortcuts([
    { keys: 'j', label: 'keys:next_row', run: () => open(index + 1) },
    { keys: 'k', label: 'keys:previous_row', run: () => open(index - 1) },
  ])
  const currentKey = current ? keyOf(current) : ''
  useEffect(() => {
    if (currentKey) list.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [currentKey])
  /** The next one takes the place of the one that is done. */
  const done = () => {
    const next = sorted[index + 1] ?? sorted[index - 1]
    change({ item: next ? keyOf(next) : null })
  }
  if (props.items.length === 0) return <NothingToDo />
  if (narrow && current) {
    return (
      <div className="work-one">
        <div className="row work-back">
          <Button type="text" icon={<ArrowLeftOutlined />} onClick={() => change({ item: null })}>
            {t('nav:my_work')}
          </Button>
          <span className="grow" />
          <span className="soft">
            {index + 1} / {sorted.length}
          </span>
          <Button disabled={index + 1 >= sorted.length} onClick={() => open(index + 1)}>
            {t('my-work:next')}
          </Button>
        </div>
        {props.render(current, done)}
      </div>
    )
  }
  return (
    <div className="work-columns">
      <div className="work-queue" ref={list}>
        {GROUPS.map(group => {
          const mine = sorted.filter(item => groupOf(item, now) === group)
          if (mine.length === 0) return null
          return (
            <section key={group} aria-label={t(`my-work:group.${group}`)}>
              <h2 className={`work-group ${group}`}>
                {t(`my-work:group.${group}`)} <span>{mine.length}</span>
              </h2>
              {mine.map(item => (
                <Item
                  key={keyOf(item)}
                  item={item}
                  current={item === current}
                  onOpen={() => open(sorted.indexOf(item))}
                />
              ))}
            </section>
          )
        })}
      </div>
      {!narrow && current && props.render(current, done)}
    </div>
  )
}

function Item({ item, current, onOpen }: { item: WorkItem; current: boolean; onOpen: () => void }) {
  const { t } = useTranslation()
  return (
    <button type="button" className="work-item" aria-current={current} onClick={onOpen}>
      <span className="row">
        <span className="strong cut grow">{item.order.customer.name}</span>
        <span className="mono strong">{formatMoney(item.order.payable)}</span>
      </span>
      <span className="row">
        <span className="work-kind">{t(`my-work:kind.${item.kind}`)}</span>
        <span className="soft cut grow">{item.order.number || t('order:no_number')}</span>
        {item.due_at ? (
          <Clock
            due={item.due_at}
            warn={item.order.clock?.due_at === item.due_at ? item.order.clock.warn_at : undefined}
          />
        ) : (
          item.order.clock && <ClockTag clock={item.order.clock} />
        )}
      </span>
      {item.reason && item.reason !== t(`my-work:kind.${item.kind}`) && <span className="soft cut">{item.reason}</span>}
    </button>
  )
}

function Kinds(props: {
  counts: Record<string, number>
  total: number
  chosen: string | undefined
  onChoose: (kind: string | null) => void
}) {
  const { t } = useTranslation()
  const kinds = Object.entries(props.counts).filter(([, count]) => count > 0)
  return (
    <div className="work-kinds">
      <button type="button" className="chip" aria-pressed={!props.chosen} onClick={() => props.onChoose(null)}>
        {t('common:all')} {props.total}
      </button>
      {kinds.map(([kind, count]) => (
        <button
          key={kind}
          type="button"
          className="chip"
          aria-pressed={props.chosen === kind}
          onClick={() => props.onChoose(kind)}
        >
          {t(`my-work:kind.${kind}`)} {count}
        </button>
      ))}
    </div>
  )
}

function NothingToDo() {
  const { t } = useTranslation()
  const mayEnter = useCan('order.create')
  return (
    <EmptyState icon={<CheckCircleOutlined />} title={t('my-work:empty.title')} text={t('my-work:empty.text')}>
      <span className="row">
        {mayEnter && (
          <Link to="/orders/new">
            <Button type="primary" tabIndex={-1}>
              {t('order:new')}
            </Button>
          </Link>
        )}
        <Link to="/orders">{t('nav:orders')}</Link>
      </span>
    </EmptyState>
  )
}

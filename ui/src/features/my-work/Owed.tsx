/** What should have been done already: time limits that are over, and what overrides left to be brought; each with the button that does it. */
import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Clock } from '@/components/Clock'
import { OwedTag } from '@/components/OwedTag'
import { ReasonDialog } from '@/components/ReasonDialog'
import type { Override, Saved, WorkClock } from '@/lib/api/types'
import { usePost } from '@/lib/step'

const BackfillDialog = lazy(() =>
  import('@/components/BackfillDialog').then(module => ({ default: module.BackfillDialog })),
)

/** The tab of an order's page on which its step is done. */
const TABS: Record<string, string> = { deliver: 'documents', 'record-payment': 'money', invoice: 'money' }

export function Owed({ clocks, owed }: { clocks: WorkClock[]; owed: Override[] }) {
  const { t } = useTranslation()
  const [bringing, setBringing] = useState<Override | null>(null)
  const [stopping, setStopping] = useState<WorkClock | null>(null)
  if (clocks.length + owed.length === 0) return null
  return (
    <section className="work-owed" aria-label={t('my-work:owed.title')}>
      <h2>
        {t('my-work:owed.title')} <span className="soft">{clocks.length + owed.length}</span>
      </h2>
      <ul className="work-owed-row">
        {clocks.map(one => (
          <LateClock key={one.clock.id} late={one} onStop={() => setStopping(one)} />
        ))}
        {owed.map(one => (
          <li key={one.id} className="work-owed-card">
            <span className="row">
              <span className="strong cut grow">{one.customer_name}</span>
              {one.due_at && <Clock due={one.due_at} />}
            </span>
            <span className="row">
              <OwedTag of={one} />
              <Link to={`/orders/${one.order_id}?tab=approvals`} className="mono cut">
                {one.order_number || t('order:no_number')}
              </Link>
            </span>
            <span className="soft cut" title={one.said}>
              {one.verb_name}：{one.said}
            </span>
            <span className="row work-owed-acts">
              <span className="soft cut grow">{one.by.name}</span>
              <Link to={`/orders/${one.order_id}?tab=approvals`}>{t('my-work:owed.evidence')}</Link>
              <Button
                size="small"
                type="primary"
                aria-label={`${t('common:override.backfill')} ${one.order_number}`}
                onClick={() => setBringing(one)}
              >
                {t('common:override.backfill')}
              </Button>
            </span>
          </li>
        ))}
      </ul>
      <Suspense fallback={null}>
        {bringing && <BackfillDialog override={bringing} onClose={() => setBringing(null)} />}
      </Suspense>
      {stopping && <StopClock late={stopping} onClose={() => setStopping(null)} />}
    </section>
  )
}

function LateClock({ late, onStop }: { late: WorkClock; onStop: () => void }) {
  const { t } = useTranslation()
  const { clock } = late
  const tab = TABS[late.verb ?? '']
  const to = `/orders/${clock.order.id}${tab ? `?tab=${tab}` : ''}`
  return (
    <li className="work-owed-card">
      <span className="row">
        <span className="strong cut grow">{late.customer_name}</span>
        <Clock due={clock.due_at} name={clock.name} />
      </span>
      <span className="row">
        <span className="work-kind">{clock.name}</span>
        <Link to={to} className="mono cut">
          {clock.order.number || t('order:no_number')}
        </Link>
      </span>
      <span className="soft cut" title={clock.note}>
        {clock.note || clock.role_name}
      </span>
      <span className="row work-owed-acts">
        <span className="soft grow">{clock.level > 0 && t('my-work:owed.level', { level: clock.level })}</span>
        {clock.actions.includes('stop') && (
          <Button size="small" aria-label={`${t('my-work:owed.stop')} ${clock.order.number}`} onClick={onStop}>
            {t('my-work:owed.stop')}
          </Button>
        )}
        <Link to={to}>
          <Button size="small" type="primary" tabIndex={-1}>
            {late.verb_name ?? t('my-work:owed.open')}
          </Button>
        </Link>
      </span>
    </li>
  )
}

function StopClock({ late, onClose }: { late: WorkClock; onClose: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { clock } = late
  const refresh = () => {
    for (const key of ['clocks', 'orders', 'my-work']) void client.invalidateQueries({ queryKey: [key] })
  }
  const stop = usePost<{ note: string }, Saved>(`/orders/${clock.order.id}/clocks/${clock.id}/stop`, {
    version: () => clock.version,
    onDone: () => {
      refresh()
      onClose()
    },
    onProblem: () => {
      refresh()
      return false
    },
  })
  return (
    <ReasonDialog
      title={`${clock.name} ${clock.order.number}`}
      confirm={t('my-work:owed.stop')}
      consequences={[t('my-work:owed.stop_consequence')]}
      label={t('common:note')}
      optional
      busy={stop.isPending}
      onSubmit={note => stop.mutate({ note })}
      onClose={onClose}
    />
  )
}

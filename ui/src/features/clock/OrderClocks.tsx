/** The time limits of an order: what runs and how long still; paused while the customer is waited for, promised by a person. */
import { FieldTimeOutlined } from '@ant-design/icons'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ReasonDialog } from '@/components/ReasonDialog'
import { get } from '@/lib/api/client'
import type { Clock, Order, Saved } from '@/lib/api/types'
import { useCan } from '@/lib/session'
import { usePost } from '@/lib/step'
import { ClockState } from './ClockState'
import './clock.css'

const PromiseDialog = lazy(() => import('./promise').then(module => ({ default: module.PromiseDialog })))

/** Orders that are over promise nothing more. */
const OVER = ['closed', 'void', 'cancelled', 'rejected']

type Asked = { clock: Clock; verb: 'pause' | 'stop' }

export function OrderClocks({ order }: { order: Order }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const mayPromise = useCan('clock.start') && !OVER.includes(order.status)
  const [asked, setAsked] = useState<Asked | null>(null)
  const [promising, setPromising] = useState(false)
  const found = useQuery({
    queryKey: ['clocks', 'order', order.id],
    queryFn: () => get<Clock[]>(`/orders/${order.id}/clocks`),
  })
  const refresh = () => {
    for (const key of ['clocks', 'orders', 'my-work']) void client.invalidateQueries({ queryKey: [key] })
  }
  const step = usePost<{ clock: Clock; verb: string; body: object }, Saved>(
    given => `/orders/${order.id}/clocks/${given.clock.id}/${given.verb}`,
    {
      body: given => given.body,
      version: given => given.clock.version,
      onDone: () => {
        setAsked(null)
        refresh()
      },
      onProblem: () => {
        refresh()
        return false
      },
    },
  )
  const open = (found.data ?? []).filter(clock => clock.state !== 'stopped')
  if (open.length === 0 && !mayPromise) return null
  return (
    <section className="order-clocks" aria-label={t('clock:title')}>
      {open.map(clock => (
        <div className="order-clock" key={clock.id}>
          <div className="order-clock-name">
            <span className="strong">{clock.name}</span>
            <ClockState clock={clock} />
            {clock.level > 0 && <span className="ink-late">{t('clock:level', { level: clock.level })}</span>}
          </div>
          {(clock.pause_reason || clock.note) && <div className="soft cut">{clock.pause_reason || clock.note}</div>}
          <div className="order-clock-acts no-print">
            {clock.actions.includes('pause') && (
              <Button size="small" type="text" onClick={() => setAsked({ clock, verb: 'pause' })}>
                {t('clock:pause')}
              </Button>
            )}
            {clock.actions.includes('resume') && (
              <Button
                size="small"
                type="text"
                loading={step.isPending}
                onClick={() => step.mutate({ clock, verb: 'resume', body: {} })}
              >
                {t('clock:resume')}
              </Button>
            )}
            {clock.actions.includes('stop') && (
              <Button size="small" type="text" onClick={() => setAsked({ clock, verb: 'stop' })}>
                {t('clock:stop')}
              </Button>
            )}
          </div>
        </div>
      ))}
      {mayPromise && (
        <Button className="no-print" type="dashed" icon={<FieldTimeOutlined />} onClick={() => setPromising(true)}>
          {t('clock:promise.action')}
        </Button>
      )}
      {asked && (
        <ReasonDialog
          title={t(`clock:${asked.verb}_title`, { name: asked.clock.name })}
          confirm={t(`clock:${asked.verb}`)}
          consequences={[t(`clock:${asked.verb}_consequence`)]}
          suggestions={
            asked.verb === 'pause'
              ? [t('clock:reason.customer'), t('clock:reason.payment'), t('clock:reason.spec')]
              : undefined
          }
          label={asked.verb === 'stop' ? t('common:note') : undefined}
          optional={asked.verb === 'stop'}
          busy={step.isPending}
          onSubmit={text => step.mutate({ ...asked, body: asked.verb === 'pause' ? { reason: text } : { note: text } })}
          onClose={() => setAsked(null)}
        />
      )}
      {promising && (
        <Suspense fallback={null}>
          <PromiseDialog
            order={order}
            onClose={() => setPromising(false)}
            onDone={() => {
              setPromising(false)
              refresh()
            }}
          />
        </Suspense>
      )}
    </section>
  )
}

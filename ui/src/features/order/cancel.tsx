import { useQuery } from '@tanstack/react-query'
import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '@/components/ErrorState'
import { ReasonDialog } from '@/components/ReasonDialog'
import { get } from '@/lib/api/client'
import { errorsByPointer } from '@/lib/api/problem'
import type { components } from '@/lib/api/schema'
import { compare, isZero, max, readDecimal, subtract } from '@/lib/decimal'
import { currencySign, formatMoney } from '@/lib/format'
import { freesCredit, releases } from './consequence'
import { useOrderStep, type VerbProps } from './step'

type Cost = components['schemas']['CancellationCost']

/** Cancels an effective order of which nothing is shipped or billed; what it costs is shown with the rule that says so. */
export function CancelOrder(props: VerbProps) {
  const { order } = props
  const cost = useQuery({
    queryKey: ['orders', order.id, 'cancellation', order.version],
    queryFn: () => get<Cost>(`/orders/${order.id}/cancellation`),
  })
  if (cost.isError) return <ErrorState error={cost.error} onRetry={() => void cost.refetch()} />
  return cost.data ? <Dialog {...props} cost={cost.data} /> : null
}

function Dialog({ order, onClose, onDone, cost }: VerbProps & { cost: Cost }) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(cost.cost.amount)
  const [why, setWhy] = useState('')
  const [asked, setAsked] = useState(false)
  const step = useOrderStep<{ reason: string; cost: string; waive_reason: string }>(order, 'cancel', { onDone })
  const refused = errorsByPointer(step.error)
  const charged = readDecimal(typed)
  const less = charged !== null && compare(charged, cost.cost.amount) < 0
  const costs = !isZero(cost.cost.amount)
  const given = charged ?? cost.cost.amount
  const back = max('0', subtract(cost.paid.amount, given))
  const open = max('0', subtract(given, cost.paid.amount))
  const money = (amount: string) => formatMoney({ amount, currency: order.currency })
  const rule = cost.rule_name ?? cost.rule ?? ''
  return (
    <ReasonDialog
      title={t('order-step:title.cancel', { number: order.number })}
      confirm={t('order:verb.cancel')}
      danger
      consequences={[
        ...releases(t, order),
        ...freesCredit(t, order),
        costs
          ? t('order:cancel.cost', { cost: formatMoney(cost.cost), rule, stage: cost.stage_name })
          : t('order:cancel.free'),
        ...(isZero(back) ? [] : [t('order:cancel.back', { amount: money(back) })]),
        ...(isZero(open) ? [] : [t('order:cancel.open', { amount: money(open) })]),
      ]}
      suggestions={[t('order-step:reason.cancel.customer')]}
      busy={step.isPending}
      onSubmit={reason => {
        setAsked(true)
        if (charged === null || (less && why.trim() === '')) return
        step.mutate({ reason, cost: given, waive_reason: less ? why.trim() : '' })
      }}
      onClose={onClose}
    >
      {costs && cost.may_waive && (
        <div className="pair gap-below">
          <div>
            <label className="soft" htmlFor="cancel-cost">
              {t('order:cancel.charged')}
            </label>
            <Input
              id="cancel-cost"
              inputMode="decimal"
              prefix={currencySign(order.currency)}
              className="num-input"
              value={typed}
              status={charged === null || refused.get('/cost') ? 'error' : undefined}
              onChange={event => setTyped(event.target.value)}
            />
            <span role="alert" className="ink-late">
              {charged === null ? t('common:not_number') : refused.get('/cost')}
            </span>
          </div>
          {less && (
            <div>
              <label className="soft" htmlFor="waive-reason">
                {t('order:cancel.waive_reason')}
              </label>
              <Input id="waive-reason" maxLength={500} value={why} onChange={event => setWhy(event.target.value)} />
              <span role="alert" className="ink-late">
                {asked && why.trim() === '' ? t('common:reason_required') : refused.get('/waive_reason')}
              </span>
            </div>
          )}
        </div>
      )}
    </ReasonDialog>
  )
}

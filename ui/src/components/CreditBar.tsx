import { useTranslation } from 'react-i18next'
import type { Credit } from '@/lib/api/types'
import { add, compare, share, subtract } from '@/lib/decimal'
import { formatMoney } from '@/lib/format'
import './components.css'

interface Props {
  credit: Credit
  /** What an order not yet effective would take. */
  claim?: string
  /** Also what the used part is made of. */
  detail?: boolean
}

/** The credit of a customer: used and free. */
export function CreditBar({ credit, claim, detail }: Props) {
  const { t } = useTranslation()
  if (!credit.limit || !credit.free) return <span className="soft">{t('order:rail.credit_none')}</span>
  const { used, free } = credit
  // What finance has released for now is part of what may be used.
  const limit = { ...credit.limit, amount: add(credit.limit.amount, credit.released.amount) }
  const after = claim ? subtract(free.amount, claim) : free.amount
  const short = compare(after, '0') < 0
  const usedShare = share(used.amount, limit.amount)
  const claimShare = claim ? Math.min(1 - usedShare, share(claim, limit.amount)) : 0
  const tone = short ? 'late' : usedShare + claimShare > 0.9 ? 'risk' : 'going'
  return (
    <div className="credit">
      <div className="row" style={{ justifyContent: 'space-between' }}>
        <span className="soft">{t('order:rail.credit')}</span>
        <span className="mono">{formatMoney(limit)}</span>
      </div>
      <div className="credit-bar" aria-hidden="true">
        <i style={{ width: `${usedShare * 100}%`, background: `var(--${claim ? 'going' : tone})` }} />
        {claim && <i style={{ width: `${claimShare * 100}%`, background: `var(--${short ? 'late' : 'risk'})` }} />}
      </div>
      <div className="row wrap" style={{ justifyContent: 'space-between' }}>
        <span className="soft mono">{t('order:rail.credit_used', { used: formatMoney(used) })}</span>
        <span className={`mono ${short ? 'ink-late strong' : ''}`}>
          {claim
            ? t('order:rail.credit_after', { free: formatMoney({ amount: after, currency: limit.currency }) })
            : t('order:rail.credit_free', { free: formatMoney(free) })}
        </span>
      </div>
      {detail && (
        <dl className="credit-detail">
          {(['open_orders', 'open_invoices', 'unallocated'] as const).map(key => (
            <div key={key} className="row" style={{ justifyContent: 'space-between' }}>
              <dt className="soft">{t(`order:rail.credit_${key}`)}</dt>
              <dd className="mono">{formatMoney(credit[key] ?? null)}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  )
}

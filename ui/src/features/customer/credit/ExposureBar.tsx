import { useTranslation } from 'react-i18next'
import type { Credit } from '@/lib/api/types'
import { add, compare, max, share, subtract } from '@/lib/decimal'
import { formatMoney } from '@/lib/format'

/** What a customer owes by its parts, against what it may owe. */
export function ExposureBar({ account }: { account: Credit }) {
  const { t } = useTranslation()
  const { limit, used, open_orders: orders, open_invoices: invoices, unallocated, released } = account
  const money = (amount: string) => formatMoney({ amount, currency: used.currency })
  const most = limit ? add(limit.amount, released.amount) : null
  const gross = add(orders.amount, invoices.amount)
  const whole = max(most ?? gross, max(gross, '1'))
  const free = most ? subtract(most, used.amount) : null
  const over = free !== null && compare(free, '0') < 0
  const parts = [
    { key: 'open_orders', sign: '', amount: orders.amount, colour: 'var(--going)' },
    { key: 'open_invoices', sign: '', amount: invoices.amount, colour: 'var(--risk)' },
    { key: 'unallocated', sign: '−', amount: unallocated.amount, colour: 'var(--done)' },
  ]
  return (
    <div className="exposure">
      <div className="exposure-head">
        <span>
          <span className="soft">{t('customer:credit.used')} </span>
          <span className="mono strong">{formatMoney(used)}</span>
        </span>
        <span className={over ? 'ink-late strong' : undefined}>
          {free === null
            ? t('customer:credit.no_limit')
            : t(over ? 'customer:credit.over' : 'customer:credit.free', {
                amount: money(over ? subtract('0', free) : free),
              })}
        </span>
      </div>
      <div className="credit-bar exposure-bar" aria-hidden="true">
        {parts.slice(0, 2).map(part => (
          <i
            key={part.key}
            style={{ width: `${share(part.amount, whole) * 100}%`, background: over ? 'var(--late)' : part.colour }}
          />
        ))}
      </div>
      <dl className="credit-detail">
        {parts.map(part => (
          <div key={part.key} className="row">
            <i className="dot" style={{ background: part.colour }} aria-hidden="true" />
            <dt className="soft">{t(`order:rail.credit_${part.key}`)}</dt>
            <dd className="mono grow num">
              {compare(part.amount, '0') === 0 ? '' : part.sign}
              {money(part.amount)}
            </dd>
          </div>
        ))}
        {limit && (
          <div className="row exposure-limit">
            <dt className="soft">{t('customer:field.credit_limit')}</dt>
            <dd className="mono grow num">
              {formatMoney(limit)}
              {compare(released.amount, '0') > 0 && (
                <span className="ink-going">
                  {' '}
                  {t('customer:credit.plus_released', { amount: money(released.amount) })}
                </span>
              )}
            </dd>
          </div>
        )}
      </dl>
    </div>
  )
}

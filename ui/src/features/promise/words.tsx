import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { PromiseBinding, PromiseSource, PromiseTaker } from '@/lib/api/types'

/** Where goods come from, in words. */
export function useSourceName(): (source: PromiseSource) => string {
  const { t } = useTranslation()
  return source => [t(`promise:supply.${source.kind}`), source.document?.number].filter(Boolean).join(' ')
}

/** Why something is not there earlier, as a sentence. */
export function useReason(): (binding: PromiseBinding) => string {
  const { t } = useTranslation()
  return binding => {
    const number = binding.source?.document?.number ?? ''
    const why = t(`promise:binding.${binding.constraint}`, { number, code: binding.code })
    const kept = binding.kept_for
    if (!kept) return why
    return `${why} ${kept.order ? t('promise:kept_for', { order: kept.order.number }) : t('promise:kept')}`
  }
}

/** Who takes goods, with the way to the order. */
export function Taker({ taker }: { taker: PromiseTaker }) {
  const { t } = useTranslation()
  if (!taker.order) return <span>{t(`promise:demand.${taker.kind}`)}</span>
  return (
    <span>
      <Link to={`/orders/${taker.order.id}`}>{taker.order.number || t('promise:unnumbered')}</Link>
      {taker.customer && <span className="soft"> {taker.customer.name}</span>}
    </span>
  )
}

import { useTranslation } from 'react-i18next'
import type { Money, PriceSourceKind } from '@/lib/api/types'
import { isZero } from '@/lib/decimal'
import { formatRate, formatUnitPrice } from '@/lib/format'

interface Props {
  source: PriceSourceKind | null
  book?: Money | null
  /** The rule of the book, for people. */
  rule?: string | null
  /** How far a typed price is off the book, in percent. */
  off?: string | null
  /** What the customer paid before, when, and how far off that a typed price is. */
  last?: Money | null
  lastOn?: string | null
  lastOff?: string | null
  /** Why the price is what it is. */
  reason?: string
  discount?: string
}

/** Where a price came from; an entered one is amber and names the price of the book. */
export function PriceTag({ source, book, rule, off, last, lastOn, lastOff, reason, discount }: Props) {
  const { t } = useTranslation()
  if (!source) return null
  const words = [t(`order:price_source.${source}`)]
  if (off && !isZero(off)) words.push(`${off.startsWith('-') ? '' : '+'}${formatRate(off)}`)
  if ((source === 'manual' || source === 'free') && book)
    words.push(t('order:price_source.book', { price: formatUnitPrice(book) }))
  const more = [rule]
  if (last) more.push(t('order:price_source.last', { price: formatUnitPrice(last), day: lastOn ?? '' }))
  if (last && lastOff && !isZero(lastOff)) more.push(`${lastOff.startsWith('-') ? '' : '+'}${formatRate(lastOff)}`)
  if (reason) more.push(t('order:price_source.reason', { reason }))
  const tone = source === 'manual' || source === 'free' ? 'ink-risk' : source === 'none' ? 'ink-late' : 'soft'
  return (
    <span className={`price-tag ${tone}`} title={[words.join(' '), ...more].filter(Boolean).join('\n')}>
      {words.join(' ')}
      {discount && !isZero(discount) && <span className="ink-risk"> −{formatRate(discount)}</span>}
    </span>
  )
}

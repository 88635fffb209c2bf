import { useTranslation } from 'react-i18next'
import type { Money, PriceSourceKind } from '@/lib/api/types'
import { isZero } from '@/lib/decimal'
import { formatRate, formatUnitPrice } from '@/lib/format'

interface Props {
  source: PriceSourceKind | null
  book?: Money | null
  /** The rule of the book, for people. */
  rule?: string | null
  discount?: string
}

/** Where a price came from; an entered one is amber and names the price of the book. */
export function PriceTag({ source, book, rule, discount }: Props) {
  const { t } = useTranslation()
  if (!source) return null
  const words = [t(`order:price_source.${source}`)]
  if (source === 'manual' && book) words.push(t('order:price_source.book', { price: formatUnitPrice(book) }))
  const tone = source === 'manual' ? 'ink-risk' : source === 'none' ? 'ink-late' : 'soft'
  return (
    <span className={`price-tag ${tone}`} title={[words.join(' '), rule].filter(Boolean).join('\n')}>
      {words.join(' ')}
      {discount && !isZero(discount) && <span className="ink-risk"> −{formatRate(discount)}</span>}
    </span>
  )
}

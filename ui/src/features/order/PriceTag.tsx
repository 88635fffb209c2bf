import { useTranslation } from 'react-i18next'
import type { Money, PriceSource, PriceSourceKind } from '@/lib/api/types'
import { isZero } from '@/lib/decimal'
import { formatRate, formatUnitPrice } from '@/lib/format'

interface Props {
  source: PriceSource | PriceSourceKind | null
  book?: Money | null
  discount?: string
}

/** Where a price came from; an entered one is amber and names the price of the book. */
export function PriceTag({ source, book, discount }: Props) {
  const { t } = useTranslation()
  if (!source) return null
  const kind = typeof source === 'string' ? source : source.kind
  const bookPrice = book ?? (typeof source === 'string' ? null : source.book_price)
  const words = [t(`order:price_source.${kind}`)]
  if (kind === 'manual' && bookPrice) words.push(t('order:price_source.book', { price: formatUnitPrice(bookPrice) }))
  const tone = kind === 'manual' ? 'ink-risk' : kind === 'none' ? 'ink-late' : 'soft'
  return (
    <span className={`price-tag ${tone}`} title={words.join(' ')}>
      {words.join(' ')}
      {discount && !isZero(discount) && <span className="ink-risk"> −{formatRate(discount)}</span>}
    </span>
  )
}

import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Price } from '@/lib/api/types'

/** For whom an entry of the price book is: a customer, a grade, a sales category, a channel, or everybody. */
export function Buyers({ price, link }: { price: Price; link?: boolean }) {
  const { t } = useTranslation()
  const words = [
    price.grade && t('order:grade', { grade: price.grade }),
    price.category && t(`order:category.${price.category}`),
    price.channel && t(`order:channel.${price.channel}`),
  ].filter(Boolean)
  if (!price.customer && words.length === 0) return <span className="soft">{t('price:everybody')}</span>
  const rest = words.join(' · ')
  if (!price.customer) return <>{rest}</>
  return (
    <>
      {link ? <Link to={`/customers/${price.customer.id}`}>{price.customer.name}</Link> : price.customer.name}
      {rest && <span className="soft"> · {rest}</span>}
    </>
  )
}

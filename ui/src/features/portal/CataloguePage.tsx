import { SearchOutlined, ShoppingCartOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { EmptyState } from '@/components/EmptyState'
import { ErrorState } from '@/components/ErrorState'
import { PageSkeleton } from '@/components/PageSkeleton'
import { StateTag } from '@/components/StateTag'
import { useDebounced } from '@/lib/debounce'
import { formatDate, formatMoney } from '@/lib/format'
import { ProductCard } from './ProductCard'
import { useCart, useCatalogue, useUsual } from './queries'

/** What may be ordered: what the customer usually orders first, then everything, found as it is typed. */
export default function CataloguePage() {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const q = useDebounced(typed.trim(), 250)
  return (
    <div className="portal-page">
      <h1 className="sr-only">{t('portal:nav.order')}</h1>
      <Input
        size="large"
        allowClear
        prefix={<SearchOutlined />}
        placeholder={t('portal:search')}
        aria-label={t('portal:search')}
        value={typed}
        onChange={event => setTyped(event.target.value)}
      />
      {!q && <Usual />}
      <All q={q} />
      <CartBar />
    </div>
  )
}

function Usual() {
  const { t } = useTranslation()
  const usual = useUsual()
  const items = usual.data?.items.slice(0, 6) ?? []
  if (items.length === 0) return null
  return (
    <section aria-labelledby="usual">
      <h2 id="usual">{t('portal:usual.title')}</h2>
      <ul className="portal-list">
        {items.map(item => (
          <ProductCard
            key={item.product.id}
            product={item.product}
            note={
              item.due ? (
                <StateTag tone="going">{t('portal:usual.due')}</StateTag>
              ) : (
                <span className="soft">
                  {t('portal:usual.last', { date: formatDate(item.last_on), count: item.orders })}
                </span>
              )
            }
          />
        ))}
      </ul>
    </section>
  )
}

function All({ q }: { q: string }) {
  const { t } = useTranslation()
  const found = useCatalogue(q)
  if (found.isError) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />
  if (!found.data) return <PageSkeleton />
  const items = found.data.pages.flatMap(page => page.items)
  if (items.length === 0) {
    return <EmptyState title={t(q ? 'portal:none_found' : 'portal:no_products')} text={t('portal:no_products_text')} />
  }
  return (
    <section aria-labelledby="all">
      <h2 id="all">{t(q ? 'portal:found' : 'portal:all')}</h2>
      <ul className="portal-list">
        {items.map(product => (
          <ProductCard key={product.id} product={product} />
        ))}
      </ul>
      {found.hasNextPage && (
        <Button block loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t('portal:load_more')}
        </Button>
      )}
    </section>
  )
}

/** What lies in the cart, always in sight, one tap from ordering. */
function CartBar() {
  const { t } = useTranslation()
  const cart = useCart()
  if (!cart.data || cart.data.lines.length === 0) return null
  return (
    <Link to="/portal/cart" className="portal-bar">
      <ShoppingCartOutlined aria-hidden="true" />
      <span className="grow">{t('portal:cart.kinds', { count: cart.data.lines.length })}</span>
      <strong>{formatMoney(cart.data.payable)}</strong>
      <span>{t('portal:cart.go')}</span>
    </Link>
  )
}

import { useTranslation } from 'react-i18next'
import { SiblingTabs } from '@/components/SiblingTabs'

const PAGES = [
  { path: '/stock', label: 'stock:tab.stock', need: 'stock.view' },
  { path: '/stock/places', label: 'stock:tab.places', need: 'stock.view' },
  { path: '/stock/reservations', label: 'stock:tab.reservations', need: 'order.view' },
  { path: '/stock/lots', label: 'stock:tab.lots', need: 'stock.view' },
  { path: '/stock/transfers', label: 'stock:tab.transfers', need: 'stock.view' },
  { path: '/stock/counts', label: 'stock:tab.counts', need: 'stock.view' },
  { path: '/stock/replenishment', label: 'stock:tab.replenishment', need: 'stock.view' },
  { path: '/stock/past', label: 'stock:tab.past', need: 'stock.view' },
  { path: '/stock/movements', label: 'stock:tab.movements', need: 'stock.view' },
  { path: '/stock/valuation', label: 'stock:tab.valuation', need: 'product.cost' },
  { path: '/stock/reads', label: 'stock:tab.reads', need: 'stock.view' },
] as const

/** What there is, and how it came to be. */
export function StockTabs() {
  const { t } = useTranslation()
  return <SiblingTabs label={t('stock:tabs')} pages={PAGES} />
}

import { useTranslation } from 'react-i18next'
import { SiblingTabs } from '@/components/SiblingTabs'

const PAGES = [
  { path: '/stock', label: 'stock:tab.stock', need: 'stock.view' },
  { path: '/stock/past', label: 'stock:tab.past', need: 'stock.view' },
  { path: '/stock/movements', label: 'stock:tab.movements', need: 'stock.view' },
] as const

/** What there is, and how it came to be. */
export function StockTabs() {
  const { t } = useTranslation()
  return <SiblingTabs label={t('stock:tabs')} pages={PAGES} />
}

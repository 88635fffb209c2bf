import { useTranslation } from 'react-i18next'
import { SiblingTabs } from '@/components/SiblingTabs'

const PAGES = [
  { path: '/promise', label: 'promise:tab.timeline', need: 'stock.view' },
  { path: '/shortages', label: 'promise:tab.shortages', need: 'order.view' },
  { path: '/promise/risks', label: 'promise:tab.risks', need: 'order.view' },
  { path: '/promise/proposals', label: 'promise:tab.proposals', need: 'order.view' },
  { path: '/quotas', label: 'promise:tab.quotas', need: 'quota.view' },
  { path: '/promise/days', label: 'promise:tab.days', need: 'company.edit' },
] as const

/** Dates of one product, and of all open lines together. */
export function PromiseTabs() {
  const { t } = useTranslation()
  return <SiblingTabs label={t('promise:tab.label')} pages={PAGES} />
}

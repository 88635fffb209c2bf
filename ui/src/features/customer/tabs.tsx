import { useTranslation } from 'react-i18next'
import { SiblingTabs } from '@/components/SiblingTabs'

const PAGES = [
  { path: '/customers', label: 'customer:tab.customers' },
  { path: '/customers/grades', label: 'customer:tab.grades' },
  { path: '/customers/duplicates', label: 'customer:tab.duplicates' },
] as const

/** The files, and those that look like one. */
export function CustomerTabs() {
  const { t } = useTranslation()
  return <SiblingTabs label={t('nav:customers')} pages={PAGES} />
}

import { useTranslation } from 'react-i18next'
import { SiblingTabs } from './SiblingTabs'

const PAGES = [
  { path: '/customers', label: 'nav:customers' },
  { path: '/customers/grades', label: 'nav:customer_grades' },
  { path: '/customers/duplicates', label: 'nav:customer_duplicates' },
  { path: '/agents', label: 'nav:agents', need: 'agent.view' },
] as const

/** The files, those that look like one, and those through which others order. */
export function CustomerTabs() {
  const { t } = useTranslation()
  return <SiblingTabs label={t('nav:customers')} pages={PAGES} />
}

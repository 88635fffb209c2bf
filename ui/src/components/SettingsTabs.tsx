import { useTranslation } from 'react-i18next'
import { SiblingTabs } from './SiblingTabs'

const PAGES = [
  { path: '/settings', label: 'nav:settings', need: 'company.edit' },
  { path: '/calendars', label: 'nav:calendars', need: 'calendar.edit' },
  { path: '/settings/documents', label: 'nav:documents', need: 'document_template.edit' },
  { path: '/companies', label: 'nav:companies', need: 'company.create' },
  { path: '/orders/learned', label: 'nav:learned', need: 'company.edit' },
] as const

/** What is set up once for the whole company. */
export function SettingsTabs() {
  const { t } = useTranslation()
  return <SiblingTabs label={t('nav:settings')} pages={PAGES} />
}

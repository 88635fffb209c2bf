import { useTranslation } from 'react-i18next'
import { SiblingTabs } from './SiblingTabs'

const PAGES = [
  { path: '/notify/mail', label: 'notification:tab.mail', need: 'notification.edit' },
  { path: '/notify/webhooks', label: 'notification:tab.webhooks', need: 'notification.edit' },
  { path: '/notify/robots', label: 'notification:tab.robots', need: 'notification.edit' },
  { path: '/notify/templates', label: 'notification:tab.templates', need: 'notification.edit' },
] as const

/** How people and programs are told. */
export function NotifyTabs() {
  const { t } = useTranslation()
  return <SiblingTabs label={t('notification:tabs')} pages={PAGES} />
}

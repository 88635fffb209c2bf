import { useTranslation } from 'react-i18next'
import { SiblingTabs } from './SiblingTabs'

const PAGES = [
  { path: '/users', label: 'user:tab.users', need: 'user.view' },
  { path: '/roles', label: 'user:tab.roles', need: 'user.view' },
  { path: '/tokens', label: 'user:tab.tokens', need: 'token.edit' },
  { path: '/absences', label: 'nav:absences', need: 'absence.edit' },
  { path: '/sessions', label: 'user:tab.sessions' },
] as const

/** Who may do what, and by which way in. */
export function AdminTabs() {
  const { t } = useTranslation()
  return <SiblingTabs label={t('user:tabs')} pages={PAGES} />
}

import { useTranslation } from 'react-i18next'
import { SiblingTabs } from '@/components/SiblingTabs'

const PAGES = [
  { path: '/overrides', label: 'override:tab.overrides' },
  { path: '/skipped-steps', label: 'override:tab.skipped' },
] as const

/** How the process was kept: what was let pass, and what was skipped. */
export function KeptTabs() {
  const { t } = useTranslation()
  return <SiblingTabs label={t('override:tab.label')} pages={PAGES} />
}

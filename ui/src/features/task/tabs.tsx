import { useTranslation } from 'react-i18next'
import { SiblingTabs } from '@/components/SiblingTabs'

const PAGES = [
  { path: '/tasks', label: 'task:tab.board', need: 'task.view' },
  { path: '/tasks/list', label: 'task:tab.list', need: 'task.view' },
  { path: '/workers', label: 'task:tab.workers', need: 'task.view' },
  { path: '/task-kinds', label: 'task:tab.kinds', need: 'task.view' },
  { path: '/tasks/statistics', label: 'task:tab.statistics', need: 'task.view' },
] as const

/** What is to be done, who does it, and how it went. */
export function TaskTabs() {
  const { t } = useTranslation()
  return <SiblingTabs label={t('task:tab.label')} pages={PAGES} />
}

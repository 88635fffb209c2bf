import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { TaskRow } from '@/lib/api/types'
import { TaskCard } from './TaskCard'
import { TaskStatusTag } from './tags'

/** So many stand on top of my work; the others are on the list. */
const SHOWN = 12

/** The tasks that wait for the caller, the most urgent first, as a row of cards on top of the queue. */
export function MyTasks({ tasks }: { tasks: TaskRow[] }) {
  const { t } = useTranslation()
  if (tasks.length === 0) return null
  return (
    <section className="my-tasks" aria-label={t('task:mine')}>
      <h2>
        {t('task:mine')} <span className="soft">{tasks.length}</span>
        <Link to="/tasks/list?view=mine">{t('task:tab.list')}</Link>
      </h2>
      <div className="my-tasks-row">
        {tasks.slice(0, SHOWN).map(task => (
          <div key={task.id} className="my-task">
            <TaskStatusTag status={task.status} />
            <TaskCard task={task} />
          </div>
        ))}
      </div>
    </section>
  )
}

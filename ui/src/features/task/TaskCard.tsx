import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import type { TaskRow, TaskVerb } from '@/lib/api/types'
import { useCardMoves } from './drag'
import { useTaskStep } from './queries'
import { DueChip, PriorityTag, placeOf } from './tags'

/** Steps that need nothing more than the press of a button; the others are done on the task's page. */
const AT_ONCE: readonly TaskVerb[] = ['accept', 'take', 'start']

/** The caller's next step, where there is one. */
export function NextButton({ task }: { task: TaskRow }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const verb = task.next
  const step = useTaskStep<object>(task.id, verb ?? 'start')
  if (!verb) return null
  const name = t(`task:verb.${verb}`)
  const run = () => (AT_ONCE.includes(verb) ? step.mutate({}) : void navigate(`/tasks/${task.id}`))
  return (
    <Button
      size="small"
      type={verb === 'finish' || verb === 'take' ? 'default' : 'primary'}
      loading={step.isPending}
      aria-label={`${name} ${task.number}`}
      onClick={run}
    >
      {name}
    </Button>
  )
}

/** A task on the board and in my work. */
export function TaskCard({ task }: { task: TaskRow }) {
  const { t } = useTranslation()
  const { card, menu } = useCardMoves(task)
  return (
    <article className={`task-card${task.overdue ? ' overdue' : ''}`} {...card}>
      <div className="row">
        <Link to={`/tasks/${task.id}`} className="strong cut grow task-title">
          {task.title}
        </Link>
        <PriorityTag priority={task.priority} />
        {menu}
      </div>
      <div className="soft cut">
        {[task.customer_name, placeOf(task)].filter(Boolean).join(' · ') || task.kind.name}
      </div>
      <div className="row soft task-numbers">
        <span className="mono">{task.number}</span>
        {task.order && (
          <Link to={`/orders/${task.order.id}`} className="mono cut">
            {task.order.number || t('order:no_number')}
          </Link>
        )}
        <span className="grow" />
        {task.percent > 0 && task.percent < 100 && <span className="mono">{task.percent}%</span>}
      </div>
      <div className="row task-foot">
        <span className="cut grow">
          {task.assignee ? task.assignee.name : <span className="soft">{task.role?.name ?? t('task:anyone')}</span>}
        </span>
        <DueChip task={task} />
        <NextButton task={task} />
      </div>
    </article>
  )
}

import { FlagFilled } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { Clock } from '@/components/Clock'
import { StateTag } from '@/components/StateTag'
import type { TaskRow, TaskStatus, Tone } from '@/lib/api/types'
import './task.css'

const TONES: Record<TaskStatus, Tone> = {
  open: 'risk',
  offered: 'risk',
  accepted: 'going',
  in_progress: 'going',
  delivered: 'risk',
  done: 'done',
  cancelled: 'idle',
}

/** The state of a task. */
export function TaskStatusTag({ status }: { status: TaskStatus }) {
  const { t } = useTranslation()
  return <StateTag tone={TONES[status]}>{t(`task:status.${status}`)}</StateTag>
}

/** Urgent and high ones say so; the others stay quiet. */
export function PriorityTag({ priority }: { priority: number }) {
  const { t } = useTranslation()
  if (priority > 2) return null
  return (
    <StateTag tone={priority === 1 ? 'late' : 'risk'} icon={<FlagFilled />}>
      {t(`task:priority.${priority}`)}
    </StateTag>
  )
}

/** What remains until it is due, while there is something to be done. */
export function DueChip({ task }: { task: Pick<TaskRow, 'due_at' | 'status' | 'delivered_at'> }) {
  const over = task.status === 'done' || task.status === 'cancelled' || task.delivered_at !== null
  return task.due_at && !over ? <Clock due={task.due_at} /> : null
}

/** Minutes as people say them: `2 小时`, `1.5 小时`, `20 分`. */
export function useMinutes(): (minutes: number) => string {
  const { t } = useTranslation()
  return minutes => {
    if (minutes < 60) return t('task:minutes', { minutes })
    return t('task:hours', { hours: Math.round(minutes / 6) / 10 })
  }
}

/** Where a task is done, as one line. */
export function placeOf(task: Pick<TaskRow, 'city' | 'district' | 'place'>): string {
  const area = [task.city, task.district].filter(part => part && !task.place.includes(part)).join('')
  return [area, task.place].filter(Boolean).join(' ')
}

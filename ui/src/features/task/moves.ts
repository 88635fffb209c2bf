/** Where a card of the board may go: the step that brings it there, and what that step asks first. The server decides all the same. */
import type { TaskRow, TaskVerb } from '@/lib/api/types'

export interface Way {
  verb: TaskVerb
  /** Somebody or a reason is asked for first. */
  asks?: 'person' | 'reason'
}

/** From a column to another. */
const WAYS: Record<string, Record<string, Way>> = {
  open: {
    offered: { verb: 'offer', asks: 'person' },
    accepted: { verb: 'take' },
    cancelled: { verb: 'cancel', asks: 'reason' },
  },
  offered: {
    open: { verb: 'refuse', asks: 'reason' },
    accepted: { verb: 'accept' },
    cancelled: { verb: 'cancel', asks: 'reason' },
  },
  accepted: { in_progress: { verb: 'start' }, cancelled: { verb: 'cancel', asks: 'reason' } },
  in_progress: { delivered: { verb: 'deliver' }, cancelled: { verb: 'cancel', asks: 'reason' } },
  delivered: {
    in_progress: { verb: 'rework', asks: 'reason' },
    done: { verb: 'finish' },
    cancelled: { verb: 'cancel', asks: 'reason' },
  },
}

/** The way from where a task is to another column; nothing where there is none. */
export function wayTo(task: Pick<TaskRow, 'status'>, column: string): Way | null {
  return WAYS[task.status]?.[column] ?? null
}

/** The way to another person; nothing where it is sent to nobody any more. */
export function wayToPerson(task: Pick<TaskRow, 'status'>): Way | null {
  if (task.status === 'open' || task.status === 'offered') return { verb: 'offer' }
  if (task.status === 'accepted' || task.status === 'in_progress') return { verb: 'hand-over', asks: 'reason' }
  return null
}

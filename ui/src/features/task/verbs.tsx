/** What a task page can do: the buttons in their order, and the dialogs behind them. */
import {
  CheckOutlined,
  CloseOutlined,
  EditOutlined,
  FileDoneOutlined,
  PlayCircleOutlined,
  RollbackOutlined,
  StarOutlined,
  StopOutlined,
  SwapOutlined,
  UserAddOutlined,
} from '@ant-design/icons'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Verb } from '@/components/ActionBar'
import { ReasonDialog } from '@/components/ReasonDialog'
import type { Task, TaskVerb } from '@/lib/api/types'
import { useTaskStep } from './queries'

const TaskForm = lazy(() => import('./TaskForm').then(module => ({ default: module.TaskForm })))
const EvaluateTask = lazy(() => import('./evaluate').then(module => ({ default: module.EvaluateTask })))
const HandOverTask = lazy(() => import('./hand-over').then(module => ({ default: module.HandOverTask })))

interface Look {
  verb: TaskVerb
  icon: ReactNode
  danger?: boolean
  quiet?: boolean
}

/** Those that need nothing but the press of the button. */
const AT_ONCE: Look[] = [
  { verb: 'accept', icon: <CheckOutlined /> },
  { verb: 'take', icon: <UserAddOutlined /> },
  { verb: 'start', icon: <PlayCircleOutlined /> },
  { verb: 'finish', icon: <CheckOutlined /> },
]
/** Those that ask something first. */
const ASKING: Look[] = [
  { verb: 'deliver', icon: <FileDoneOutlined /> },
  { verb: 'evaluate', icon: <StarOutlined /> },
  { verb: 'refuse', icon: <CloseOutlined />, danger: true },
  { verb: 'rework', icon: <RollbackOutlined />, quiet: true },
  { verb: 'hand-over', icon: <SwapOutlined />, quiet: true },
  { verb: 'edit', icon: <EditOutlined />, quiet: true },
  { verb: 'cancel', icon: <StopOutlined />, danger: true },
]

/** The buttons of a task, and the dialog that is open. */
export function useTaskVerbs(task: Task): { verbs: Verb[]; dialog: ReactNode } {
  const { t } = useTranslation()
  const [open, setOpen] = useState<TaskVerb | null>(null)
  const accept = useTaskStep<object>(task.id, 'accept')
  const take = useTaskStep<object>(task.id, 'take')
  const start = useTaskStep<object>(task.id, 'start')
  const finish = useTaskStep<object>(task.id, 'finish', { onDone: () => setOpen('evaluate') })
  const steps: Partial<Record<TaskVerb, typeof accept>> = { accept, take, start, finish }
  const verbs = [...AT_ONCE, ...ASKING].map(({ verb, ...look }) => ({
    ...look,
    verb,
    label: t(`task:verb.${verb}`),
    run: () => (steps[verb] ? steps[verb].mutate({}) : setOpen(verb)),
  }))
  const close = () => setOpen(null)
  return { verbs, dialog: open && <Suspense fallback={null}>{dialogOf(open, task, close)}</Suspense> }
}

function dialogOf(verb: TaskVerb, task: Task, close: () => void): ReactNode {
  if (verb === 'edit') return <TaskForm task={task} onClose={close} />
  if (verb === 'evaluate') return <EvaluateTask task={task} onClose={close} />
  if (verb === 'hand-over') return <HandOverTask task={task} onClose={close} />
  if (verb === 'deliver') return <Deliver task={task} onClose={close} />
  if (verb === 'refuse' || verb === 'rework' || verb === 'cancel') {
    return <Because task={task} verb={verb} onClose={close} />
  }
  return null
}

const SUGGESTED = { refuse: ['full', 'far', 'skill'], rework: ['incomplete', 'wrong'], cancel: ['needless', 'twice'] }

/** A step that needs a reason. */
function Because({ task, verb, onClose }: { task: Task; verb: 'refuse' | 'rework' | 'cancel'; onClose: () => void }) {
  const { t } = useTranslation()
  const step = useTaskStep<{ reason: string }>(task.id, verb, { onDone: onClose })
  return (
    <ReasonDialog
      title={`${t(`task:verb.${verb}`)} ${task.row.number}`}
      confirm={t(`task:verb.${verb}`)}
      danger={verb !== 'rework'}
      consequences={[t(`task:consequence.${verb}`)]}
      suggestions={SUGGESTED[verb].map(word => t(`task:reason.${word}`))}
      busy={step.isPending}
      onSubmit={reason => step.mutate({ reason })}
      onClose={onClose}
    />
  )
}

function Deliver({ task, onClose }: { task: Task; onClose: () => void }) {
  const { t } = useTranslation()
  const step = useTaskStep<{ note: string }>(task.id, 'deliver', { onDone: onClose })
  return (
    <ReasonDialog
      title={`${t('task:verb.deliver')} ${task.row.number}`}
      confirm={t('task:verb.deliver')}
      consequences={[t('task:consequence.deliver', { count: task.attachments.length })]}
      label={t('task:delivery_note')}
      optional
      busy={step.isPending}
      onSubmit={note => step.mutate({ note })}
      onClose={onClose}
    />
  )
}

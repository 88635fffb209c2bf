/** Moving cards on the board: by dragging them to a column or a person, or by the menu of each card, which does the same by keyboard. */
import { DragOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { createContext, type DragEvent, lazy, type ReactNode, Suspense, useContext, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Menu, type MenuItem } from '@/components/Menu'
import { ReasonDialog } from '@/components/ReasonDialog'
import type { Named, TaskColumn, TaskRow, TaskState } from '@/lib/api/types'
import { useMessage } from '@/lib/message'
import { useCan } from '@/lib/session'
import { usePost } from '@/lib/step'
import { type Way, wayTo, wayToPerson } from './moves'
import { useRefreshTasks } from './queries'

const PickPerson = lazy(() => import('./PickPerson'))

/** A column or a person. */
type Target = { status: string } | { person: Named }

interface Asked {
  task: TaskRow
  way: Way
  person?: Named
}

interface Board {
  columns: TaskColumn[]
  people: Named[]
  /** The card in hand. */
  dragged: TaskRow | null
  drag: (task: TaskRow | null) => void
  move: (task: TaskRow, target: Target) => void
}

const Context = createContext<Board | null>(null)

/** Lets the cards within be moved. */
export function Movable(props: { columns: TaskColumn[]; people: Named[]; children: ReactNode }) {
  const { t } = useTranslation()
  const message = useMessage()
  const refresh = useRefreshTasks()
  const dispatches = useCan('task.dispatch')
  const [dragged, drag] = useState<TaskRow | null>(null)
  const [asked, ask] = useState<Asked | null>(null)
  const step = usePost<{ task: TaskRow; way: Way; body: object }, TaskState>(
    given => `/tasks/${given.task.id}/${given.way.verb}`,
    {
      body: given => given.body,
      version: given => given.task.version,
      onDone: (_answer, given) => {
        ask(null)
        refresh()
        void message.success(`${given.task.number} ${t(`task:did.${given.way.verb}`)}`)
      },
      onProblem: () => {
        // The card goes back to where it was; why is told by the server.
        refresh()
        return false
      },
    },
  )
  const people = useMemo(() => (dispatches ? props.people : []), [dispatches, props.people])
  const move = (task: TaskRow, target: Target) => {
    const person = 'person' in target ? target.person : undefined
    if ('status' in target && target.status === task.status) return
    const way = 'status' in target ? wayTo(task, target.status) : wayToPerson(task)
    const from = t(`task:status.${task.status}`)
    if (!way) {
      const no =
        'status' in target
          ? t('task:drag.no_way', { from, to: t(`task:status.${target.status}`) })
          : t('task:drag.no_person', { from })
      void message.error(no, 5)
      return
    }
    if (way.asks) ask({ task, way, person })
    else step.mutate({ task, way, body: person ? { user_id: person.id } : {} })
  }
  const board: Board = { columns: props.columns, people, dragged, drag, move }
  return (
    <Context value={board}>
      {props.children}
      {asked?.way.asks === 'person' && (
        <Suspense fallback={null}>
          <PickPerson
            task={asked.task}
            busy={step.isPending}
            onPick={id => step.mutate({ task: asked.task, way: asked.way, body: { user_id: id } })}
            onClose={() => ask(null)}
          />
        </Suspense>
      )}
      {asked?.way.asks === 'reason' && (
        <ReasonDialog
          title={`${t(`task:verb.${asked.way.verb}`)} ${asked.task.number}${asked.person ? ` → ${asked.person.name}` : ''}`}
          confirm={t(`task:verb.${asked.way.verb}`)}
          consequences={[]}
          busy={step.isPending}
          onSubmit={reason =>
            step.mutate({
              task: asked.task,
              way: asked.way,
              body: asked.person ? { reason, user_id: asked.person.id } : { reason },
            })
          }
          onClose={() => ask(null)}
        />
      )}
    </Context>
  )
}

/** What makes a place take cards; `can` says which. */
function useTarget(target: Target, can: (task: TaskRow) => boolean) {
  const board = useContext(Context)
  const [over, setOver] = useState(false)
  const takes = board?.dragged ? can(board.dragged) : null
  if (!board) return { handlers: {}, className: '' }
  const enter = (event: DragEvent) => {
    if (!board.dragged) return
    // Also where it may not go: the drop says why.
    event.preventDefault()
    event.dataTransfer.dropEffect = takes ? 'move' : 'none'
    if (!takes) event.dataTransfer.dropEffect = 'copy'
    setOver(true)
  }
  const handlers = {
    onDragEnter: enter,
    onDragOver: enter,
    onDragLeave: (event: DragEvent) => {
      if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false)
    },
    onDrop: (event: DragEvent) => {
      event.preventDefault()
      setOver(false)
      const task = board.dragged
      board.drag(null)
      if (task) board.move(task, target)
    },
  }
  const className = takes === null ? '' : `${takes ? ' takes' : ' takes-not'}${over ? ' over' : ''}`
  return { handlers, className }
}

/** A column that takes cards. */
export function DropColumn({ status, name, children }: { status: string; name: string; children: ReactNode }) {
  const { handlers, className } = useTarget({ status }, task => wayTo(task, status) !== null)
  return (
    <section className={`task-column${className}`} aria-label={name} {...handlers}>
      {children}
    </section>
  )
}

/** Those to whom a card may be dropped. */
export function People() {
  const { t } = useTranslation()
  const board = useContext(Context)
  if (!board || board.people.length === 0) return null
  return (
    <div className="task-people">
      <span className="soft">{t('task:drag.people')}</span>
      <ul className="plain-list row">
        {board.people.map(person => (
          <Person key={person.id} person={person} />
        ))}
      </ul>
    </div>
  )
}

function Person({ person }: { person: Named }) {
  const { handlers, className } = useTarget(
    { person },
    task => wayToPerson(task) !== null && task.assignee?.id !== person.id,
  )
  return (
    <li className={`task-person${className}`} {...handlers}>
      {person.name}
    </li>
  )
}

/** A card that can be taken in hand, with the menu that moves it by keyboard. */
export function useCardMoves(task: TaskRow): { card: object; menu: ReactNode } {
  const { t } = useTranslation()
  const board = useContext(Context)
  if (!board) return { card: {}, menu: null }
  const ways: MenuItem[] = board.columns
    .filter(column => wayTo(task, column.status))
    .map(column => ({
      key: column.status,
      label: t('task:drag.to', { status: column.name }),
      onClick: () => board.move(task, { status: column.status }),
    }))
  const hands = task.status === 'accepted' || task.status === 'in_progress'
  const people: MenuItem[] = wayToPerson(task)
    ? board.people
        .filter(person => person.id !== task.assignee?.id)
        .map(person => ({
          key: person.id,
          label: t(hands ? 'task:drag.hand_over' : 'task:drag.to_person', { name: person.name }),
          onClick: () => board.move(task, { person }),
        }))
    : []
  const items = [...ways, ...people]
  const card = {
    draggable: items.length > 0,
    onDragStart: (event: DragEvent) => {
      event.dataTransfer.setData('text/plain', task.number)
      event.dataTransfer.effectAllowed = 'all'
      board.drag(task)
    },
    onDragEnd: () => board.drag(null),
  }
  const menu = items.length > 0 && (
    <Menu label={t('task:drag.move_task', { number: task.number })} items={items}>
      <Button
        size="small"
        type="text"
        icon={<DragOutlined />}
        aria-label={t('task:drag.move_task', { number: task.number })}
      />
    </Menu>
  )
  return { card, menu }
}

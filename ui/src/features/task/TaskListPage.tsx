import type { TFunction } from 'i18next'
import { lazy, Suspense, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ListPage } from '@/components/list/ListPage'
import { type Column, type Filter, type ListSpec, optionsOf, type View } from '@/components/list/spec'
import { useNewLink } from '@/components/NewLink'
import { When } from '@/components/When'
import { TASK_STATUSES, type TaskOptions, type TaskRow } from '@/lib/api/types'
import { formatInstant } from '@/lib/format'
import { useUrlState } from '@/lib/url-state'
import { useTaskOptions } from './queries'
import { NextButton } from './TaskCard'
import { TaskTabs } from './tabs'
import { DueChip, PriorityTag, placeOf, TaskStatusTag } from './tags'

const TaskForm = lazy(() => import('./TaskForm').then(module => ({ default: module.TaskForm })))

const views: View[] = [
  { value: 'mine', label: 'task:view.mine', query: { mine: true, status: 'offered,accepted,in_progress' } },
  { value: 'pool', label: 'task:view.pool', query: { pool: true } },
  { value: 'open', label: 'task:status.open', query: { status: 'open' } },
  { value: 'delivered', label: 'task:status.delivered', query: { status: 'delivered' } },
  { value: 'overdue', label: 'task:view.overdue', query: { overdue: true } },
  { value: 'made', label: 'task:view.made', query: { created_by_me: true } },
  { value: 'all', label: 'common:all', query: {} },
]
const rowKey = (row: TaskRow) => row.id

function filtersOf(options: TaskOptions | undefined): Filter[] {
  const words = (all: { code: string; name: string }[] | undefined) =>
    (all ?? []).map(one => ({ value: one.code, label: one.name }))
  const workers = (options?.workers ?? []).map(one => ({ value: one.id, label: one.name }))
  return [
    { kind: 'choice', key: 'kind', label: 'task:field.kind', options: words(options?.kinds) },
    { kind: 'choice', key: 'assignee', label: 'task:field.assignee', options: workers },
    { kind: 'choice', key: 'role', label: 'task:field.role', options: words(options?.roles) },
    {
      kind: 'choice',
      key: 'status',
      label: 'task:field.status',
      options: optionsOf(TASK_STATUSES, code => `task:status.${code}`),
      many: true,
    },
  ]
}

function columnsOf(t: TFunction): Column<TaskRow>[] {
  return [
    { id: 'number', label: 'task:field.number', width: 130, sort: 'number', render: row => row.number },
    {
      id: 'title',
      label: 'task:field.title',
      width: 240,
      grow: true,
      render: row => (
        <span className="row">
          <span className="cut">{row.title}</span>
          <PriorityTag priority={row.priority} />
        </span>
      ),
    },
    { id: 'status', label: 'task:field.status', width: 110, render: row => <TaskStatusTag status={row.status} /> },
    { id: 'kind', label: 'task:field.kind', width: 110, optional: true, render: row => row.kind.name },
    {
      id: 'assignee',
      label: 'task:field.assignee',
      width: 110,
      render: row => row.assignee?.name ?? <span className="soft">{row.role?.name ?? t('task:anyone')}</span>,
    },
    {
      id: 'due_at',
      label: 'task:field.due_at',
      width: 160,
      sort: 'due_at',
      render: row =>
        row.due_at ? row.done_at || row.delivered_at ? formatInstant(row.due_at) : <DueChip task={row} /> : '–',
    },
    {
      id: 'order',
      label: 'task:field.order',
      width: 140,
      render: row => (row.order ? <Link to={`/orders/${row.order.id}`}>{row.order.number}</Link> : '–'),
    },
    { id: 'customer', label: 'task:field.customer', width: 180, grow: true, render: row => row.customer_name || '–' },
    { id: 'place', label: 'task:field.place', width: 200, optional: true, render: row => placeOf(row) || '–' },
    { id: 'percent', label: 'task:field.percent', width: 80, end: true, render: row => `${row.percent}%` },
    {
      id: 'created_at',
      label: 'task:field.created_at',
      width: 120,
      sort: 'created_at',
      optional: true,
      render: row => <When instant={row.created_at} />,
    },
    { id: 'next', label: 'task:field.next', width: 110, render: row => <NextButton task={row} /> },
  ]
}

function card(row: TaskRow) {
  return (
    <span className="list-lines">
      <span className="row">
        <span className="strong cut grow">{row.title}</span>
        <PriorityTag priority={row.priority} />
        <TaskStatusTag status={row.status} />
      </span>
      <span className="row soft">
        <span className="cut grow">{[row.customer_name, placeOf(row)].filter(Boolean).join(' · ') || row.number}</span>
        <DueChip task={row} />
      </span>
    </span>
  )
}

/** Every task, those that wait for the caller first. */
export function TaskListPage() {
  const { t } = useTranslation()
  const [url, change] = useUrlState()
  const options = useTaskOptions().data
  const create = useNewLink('task.create', '/tasks/list?new=task', 'task:new')
  const spec = useMemo<ListSpec<TaskRow>>(
    () => ({
      noun: 'tasks',
      path: '/tasks',
      title: 'nav:tasks',
      rowKey,
      rowHref: row => `/tasks/${row.id}`,
      rowName: row => `${row.number} ${row.title}`,
      columns: columnsOf(t),
      filters: filtersOf(options),
      views,
      defaultSort: 'due_at',
      searchHint: 'task:search_hint',
      card,
      above: <TaskTabs />,
      extra: create,
      empty: { title: t('task:empty.title'), text: t('task:empty.text'), action: create },
    }),
    [t, options, create],
  )
  return (
    <>
      <ListPage spec={spec} />
      {url.new && (
        <Suspense fallback={null}>
          <TaskForm onClose={() => change({ new: null })} />
        </Suspense>
      )}
    </>
  )
}

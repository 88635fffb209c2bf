/** The board: tasks by state, each column the most urgent first, with the caller's next step on the card. */
import { SearchOutlined } from '@ant-design/icons'
import { Input, Segmented, Select } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { EmptyState } from '@/components/EmptyState'
import { ErrorState } from '@/components/ErrorState'
import { useNewLink } from '@/components/NewLink'
import { PageHead } from '@/components/PageHead'
import { PageSkeleton } from '@/components/PageSkeleton'
import type { TaskColumn } from '@/lib/api/types'
import { useDebounced } from '@/lib/debounce'
import { formatCount } from '@/lib/format'
import { useUrlState } from '@/lib/url-state'
import { DropColumn, Movable, People } from './drag'
import { useBoard, useTaskOptions } from './queries'
import { TaskCard } from './TaskCard'
import { TaskTabs } from './tabs'
import './task.css'

const TaskForm = lazy(() => import('./TaskForm').then(module => ({ default: module.TaskForm })))

const WHOSE = ['all', 'mine', 'pool'] as const

export function BoardPage() {
  const { t } = useTranslation()
  const [url, change] = useUrlState()
  const [text, setText] = useState(url.q ?? '')
  const asked = useDebounced(text.trim(), 250)
  const options = useTaskOptions().data
  const query = useBoard({
    q: asked || undefined,
    kind: url.kind,
    assignee: url.assignee,
    mine: url.whose === 'mine' ? true : undefined,
    pool: url.whose === 'pool' ? true : undefined,
  })
  const create = useNewLink('task.create', '/tasks?new=task', 'task:new')
  return (
    <div className="page task-page">
      <PageHead title={t('nav:tasks')}>{create}</PageHead>
      <TaskTabs />
      <div className="task-tools">
        <Segmented
          aria-label={t('task:whose.label')}
          value={WHOSE.find(whose => whose === url.whose) ?? 'all'}
          options={WHOSE.map(value => ({ value, label: t(`task:whose.${value}`) }))}
          onChange={value => change({ whose: value === 'all' ? null : value })}
        />
        <Select
          className="task-filter"
          allowClear
          aria-label={t('task:field.kind')}
          placeholder={t('task:field.kind')}
          value={url.kind ?? null}
          options={(options?.kinds ?? []).map(kind => ({ value: kind.code, label: kind.name }))}
          onChange={value => change({ kind: value ?? null })}
        />
        <Select
          className="task-filter"
          allowClear
          aria-label={t('task:field.assignee')}
          placeholder={t('task:field.assignee')}
          value={url.assignee ?? null}
          options={(options?.workers ?? []).map(person => ({ value: person.id, label: person.name }))}
          onChange={value => change({ assignee: value ?? null })}
        />
        <Input
          className="task-search"
          allowClear
          prefix={<SearchOutlined aria-hidden="true" />}
          aria-label={t('common:search')}
          placeholder={t('task:search_hint')}
          value={text}
          onChange={event => setText(event.target.value)}
        />
      </div>
      {query.isPending ? (
        <PageSkeleton lines={6} />
      ) : query.isError ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Movable columns={query.data} people={options?.workers ?? []}>
          <Columns columns={query.data} />
        </Movable>
      )}
      {url.new && (
        <Suspense fallback={null}>
          <TaskForm onClose={() => change({ new: null })} />
        </Suspense>
      )}
    </div>
  )
}

function Columns({ columns }: { columns: TaskColumn[] }) {
  const { t } = useTranslation()
  if (columns.every(column => column.tasks.length === 0)) {
    return <EmptyState title={t('task:empty.title')} text={t('task:empty.text')} />
  }
  return (
    <>
      <People />
      <div className="task-board" role="group" aria-label={t('task:tab.board')}>
        {columns.map(column => (
          <DropColumn key={column.status} status={column.status} name={column.name}>
            <h2>
              {column.name} <span className="soft">{formatCount(column.count)}</span>
            </h2>
            {column.tasks.map(task => (
              <TaskCard key={task.id} task={task} />
            ))}
            {column.tasks.length === 0 && <p className="soft task-none">{t('common:none')}</p>}
            {column.count > column.tasks.length && (
              <Link to={`/tasks/list?view=all&status=${column.status}`} className="task-more">
                {t('task:all_of', { count: column.count })}
              </Link>
            )}
          </DropColumn>
        ))}
      </div>
    </>
  )
}

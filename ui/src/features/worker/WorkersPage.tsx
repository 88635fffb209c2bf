import type { TFunction } from 'i18next'
import { lazy, type ReactNode, Suspense, useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'react-router'
import { InactiveTag } from '@/components/ActiveButton'
import { ListPage } from '@/components/list/ListPage'
import { ACTIVE_FILTER, type Column, type Filter, type ListSpec } from '@/components/list/spec'
import { useNewLink } from '@/components/NewLink'
import { WordTag } from '@/components/WordTag'
import type { Worker } from '@/lib/api/types'
import { useUrlState } from '@/lib/url-state'
import './worker.css'

const WorkerForm = lazy(() => import('./WorkerForm').then(module => ({ default: module.WorkerForm })))

const filters: Filter[] = [
  {
    kind: 'choice',
    key: 'kind',
    label: 'task:worker.kind',
    options: [
      { value: 'own', label: 'task:worker_kind.own' },
      { value: 'contractor', label: 'task:worker_kind.contractor' },
    ],
  },
  ACTIVE_FILTER,
]
const rowKey = (row: Worker) => row.id

function skills(row: Worker, t: TFunction): ReactNode {
  return (
    <span className="row">
      {row.skills.map(held => (
        <WordTag key={held.skill.code}>{t('task:worker.level', { skill: held.skill.name, level: held.level })}</WordTag>
      ))}
    </span>
  )
}

/** What they have in hand beside what they can do in a day. */
function Load({ row }: { row: Worker }) {
  const { t } = useTranslation()
  const share = row.capacity_minutes > 0 ? Math.min(100, (100 * row.minutes) / row.capacity_minutes) : 0
  const words = t('task:worker.load_words', { count: row.tasks, hours: Math.round(row.minutes / 6) / 10 })
  return (
    <span className="row">
      <span className="worker-load" aria-hidden="true">
        <i className={share >= 100 ? 'full' : undefined} style={{ width: `${share}%` }} />
      </span>
      <span className="soft">{words}</span>
    </span>
  )
}

function columnsOf(t: TFunction): Column<Worker>[] {
  return [
    {
      id: 'name',
      label: 'task:worker.name',
      width: 140,
      sort: 'name',
      render: row => (
        <span className="row">
          <span className="cut">{row.name}</span>
          <InactiveTag active={row.active} />
        </span>
      ),
    },
    { id: 'kind', label: 'task:worker.kind', width: 100, render: row => t(`task:worker_kind.${row.kind}`) },
    { id: 'skills', label: 'task:field.skills', width: 280, grow: true, render: row => skills(row, t) },
    {
      id: 'place',
      label: 'task:field.place',
      width: 160,
      render: row => [row.city, row.district].filter(Boolean).join(' ') || '–',
    },
    { id: 'load', label: 'task:worker.load', width: 220, render: row => <Load row={row} /> },
    {
      id: 'capacity',
      label: 'task:worker.capacity',
      width: 110,
      end: true,
      sort: 'capacity',
      render: row => t('task:hours', { hours: Math.round(row.capacity_minutes / 6) / 10 }),
    },
    { id: 'phone', label: 'task:worker.phone', width: 140, render: row => row.phone || '–' },
  ]
}

/** Who tasks are sent to; a row opens the profile over the list. */
export function WorkersPage({ above }: { above: ReactNode }) {
  const { t } = useTranslation()
  const [url, change] = useUrlState()
  const { search } = useLocation()
  const create = useNewLink('worker.edit', '/workers?edit=new', 'task:worker.new')
  const close = useCallback(() => change({ edit: null }), [change])
  const spec = useMemo<ListSpec<Worker>>(
    () => ({
      noun: 'workers',
      path: '/workers',
      title: 'task:tab.workers',
      rowKey,
      rowHref: row => {
        const params = new URLSearchParams(search)
        params.set('edit', row.id)
        return `/workers?${params}`
      },
      rowName: row => row.name,
      columns: columnsOf(t),
      filters,
      defaultSort: 'name',
      searchHint: 'task:worker.search_hint',
      card: row => (
        <span className="list-lines">
          <span className="row">
            <span className="strong cut grow">{row.name}</span>
            <InactiveTag active={row.active} />
          </span>
          {skills(row, t)}
          <Load row={row} />
        </span>
      ),
      above,
      extra: create,
      empty: { title: t('task:worker.empty.title'), text: t('task:worker.empty.text'), action: create },
    }),
    [t, create, search, above],
  )
  return (
    <>
      <ListPage spec={spec} />
      {url.edit && (
        <Suspense fallback={null}>
          <WorkerForm key={url.edit} id={url.edit} onClose={close} />
        </Suspense>
      )}
    </>
  )
}

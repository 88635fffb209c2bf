import type { TFunction } from 'i18next'
import { lazy, Suspense, useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'react-router'
import { AdminTabs } from '@/components/AdminTabs'
import { ListPage } from '@/components/list/ListPage'
import type { Column, ListSpec, View } from '@/components/list/spec'
import { useNewLink } from '@/components/NewLink'
import type { Absence } from '@/lib/api/types'
import { formatDate } from '@/lib/format'
import { useUrlState } from '@/lib/url-state'
import { AbsenceTag } from './AbsenceTag'

const AbsenceForm = lazy(() => import('./AbsenceForm').then(module => ({ default: module.AbsenceForm })))

const views: View[] = [
  { value: 'current', label: 'absence:view.current', query: { current: true } },
  { value: 'mine', label: 'absence:view.mine', query: { mine: true } },
  { value: 'all', label: 'common:all', query: {} },
]
const rowKey = (row: Absence) => row.id

function absenceColumns(_: TFunction): Column<Absence>[] {
  return [
    { id: 'user', label: 'absence:field.user', width: 150, grow: true, render: row => row.user.name },
    { id: 'substitute', label: 'absence:field.substitute', width: 150, grow: true, render: row => row.substitute.name },
    { id: 'phase', label: 'absence:field.phase', width: 120, render: row => <AbsenceTag absence={row} /> },
    {
      id: 'from_on',
      label: 'absence:field.from_on',
      width: 120,
      sort: 'from_on',
      render: row => formatDate(row.from_on),
    },
    { id: 'to_on', label: 'absence:field.to_on', width: 120, sort: 'to_on', render: row => formatDate(row.to_on) },
    { id: 'note', label: 'common:note', width: 220, grow: true, render: row => row.note || '–' },
  ]
}

/** Who is away, and who stands in. */
export function AbsencesPage() {
  const { t } = useTranslation()
  const [url, change] = useUrlState()
  const { search } = useLocation()
  const create = useNewLink('order.view', '/absences?edit=new', 'absence:new')
  const close = useCallback(() => change({ edit: null }), [change])
  const spec = useMemo<ListSpec<Absence>>(
    () => ({
      noun: 'absences',
      path: '/absences',
      title: 'nav:absences',
      rowKey,
      rowHref: row => {
        const params = new URLSearchParams(search)
        if (row.editable) params.set('edit', row.id)
        return `/absences?${params}`
      },
      rowName: row => row.user.name,
      columns: absenceColumns(t),
      filters: [],
      views,
      defaultSort: '-from_on',
      card: row => (
        <span className="list-lines">
          <span className="row">
            <span className="strong cut grow">
              {t('absence:line', { user: row.user.name, substitute: row.substitute.name })}
            </span>
            <AbsenceTag absence={row} />
          </span>
          <span className="soft cut">
            {formatDate(row.from_on)} – {formatDate(row.to_on)} {row.note}
          </span>
        </span>
      ),
      above: <AdminTabs />,
      extra: create,
      empty: { title: t('absence:empty.title'), text: t('absence:empty.text'), action: create },
    }),
    [t, create, search],
  )
  return (
    <>
      <ListPage spec={spec} />
      {url.edit && (
        <Suspense fallback={null}>
          <AbsenceForm key={url.edit} id={url.edit} onClose={close} />
        </Suspense>
      )}
    </>
  )
}

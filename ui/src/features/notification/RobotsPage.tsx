import type { TFunction } from 'i18next'
import { lazy, Suspense, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { InactiveTag } from '@/components/ActiveButton'
import { ListPage } from '@/components/list/ListPage'
import type { Column, ListSpec } from '@/components/list/spec'
import { useNewLink } from '@/components/NewLink'
import { NotifyTabs } from '@/components/NotifyTabs'
import type { Robot } from '@/lib/api/types'
import { LANGUAGES } from '@/lib/i18n'
import { useUrlState } from '@/lib/url-state'
import { DeleteEndpoint } from './delete'
import { Kinds } from './kinds'
import { TestButton } from './test'

const RobotForm = lazy(() => import('./RobotForm').then(module => ({ default: module.RobotForm })))

function Actions({ row, t }: { row: Robot; t: TFunction }) {
  return (
    <span className="row">
      <TestButton path={`/robots/${row.id}/test`} name={row.name} />
      <DeleteEndpoint
        noun="robots"
        row={row}
        name={row.name}
        consequence={t('notification:robot.delete_consequence')}
        done={t('notification:robot.deleted')}
      />
    </span>
  )
}

function columns(t: TFunction): Column<Robot>[] {
  return [
    {
      id: 'name',
      label: 'notification:field.name',
      width: 200,
      sort: 'name',
      render: row => (
        <span className="row">
          <span className="cut">{row.name}</span>
          <InactiveTag active={row.active} />
        </span>
      ),
    },
    {
      id: 'provider',
      label: 'notification:field.provider',
      width: 110,
      render: row => t(`notification:provider.${row.provider}`),
    },
    {
      id: 'url',
      label: 'notification:field.url',
      width: 260,
      grow: true,
      render: row => <span className="cut">{row.url}</span>,
    },
    { id: 'kinds', label: 'notification:field.kinds', width: 150, render: row => <Kinds kinds={row.kinds} /> },
    {
      id: 'language',
      label: 'notification:field.language',
      width: 110,
      render: row => LANGUAGES.find(item => item.code === row.language)?.name,
    },
    { id: 'actions', label: 'notification:field.actions', width: 130, render: row => <Actions row={row} t={t} /> },
  ]
}

/** The robots of group chats. */
export function RobotsPage() {
  const { t } = useTranslation()
  const [url, change] = useUrlState()
  const create = useNewLink('notification.edit', '/notify/robots?edit=new', 'notification:robot.new')
  const spec = useMemo<ListSpec<Robot>>(
    () => ({
      noun: 'robots',
      path: '/robots',
      title: 'nav:notify_settings',
      rowKey: row => row.id,
      rowHref: row => `/notify/robots?edit=${row.id}`,
      rowName: row => row.name,
      columns: columns(t),
      filters: [],
      defaultSort: 'created_at',
      card: row => (
        <span className="list-lines">
          <span className="row">
            <span className="strong cut grow">{row.name}</span>
            <InactiveTag active={row.active} />
          </span>
          <span className="soft cut">
            {t(`notification:provider.${row.provider}`)} · {row.url}
          </span>
        </span>
      ),
      above: <NotifyTabs />,
      extra: create,
      empty: { title: t('notification:robot.empty.title'), text: t('notification:robot.empty.text'), action: create },
    }),
    [t, create],
  )
  return (
    <>
      <ListPage spec={spec} />
      {url.edit && (
        <Suspense fallback={null}>
          <RobotForm key={url.edit} id={url.edit} onClose={() => change({ edit: null })} />
        </Suspense>
      )}
    </>
  )
}

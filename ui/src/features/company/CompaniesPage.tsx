import type { TFunction } from 'i18next'
import { lazy, Suspense, useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { ListPage } from '@/components/list/ListPage'
import type { Column, ListSpec } from '@/components/list/spec'
import { useNewLink } from '@/components/NewLink'
import { SettingsTabs } from '@/components/SettingsTabs'
import { When } from '@/components/When'
import { WordTag } from '@/components/WordTag'
import type { FoundedCompany } from '@/lib/api/types'
import { useSession } from '@/lib/session'
import { useUrlState } from '@/lib/url-state'

const CompanyDialog = lazy(() => import('./CompanyDialog'))

const filters: ListSpec<FoundedCompany>['filters'] = []
const rowKey = (row: FoundedCompany) => row.id

function columns(t: TFunction, here: string): Column<FoundedCompany>[] {
  return [
    { id: 'code', label: 'company:field.code', width: 160, sort: 'code', render: row => row.code },
    {
      id: 'name',
      label: 'company:field.name',
      width: 280,
      grow: true,
      sort: 'name',
      render: row => (
        <span className="row">
          <span className="cut">{row.name}</span>
          {row.id === here && <WordTag>{t('company:here')}</WordTag>}
        </span>
      ),
    },
    { id: 'currency', label: 'company:field.currency', width: 90, render: row => row.currency },
    { id: 'time_zone', label: 'company:field.time_zone', width: 180, render: row => row.time_zone },
    {
      id: 'created_at',
      label: 'company:field.created_at',
      width: 160,
      sort: 'created_at',
      render: row => <When instant={row.created_at} exact />,
    },
  ]
}

/** The companies of this server, for those who run it. */
export function CompaniesPage() {
  const { t } = useTranslation()
  const here = useSession().session.company.id
  const [url, change] = useUrlState()
  const create = useNewLink('company.create', '/companies/new', 'company:new')
  const spec = useMemo<ListSpec<FoundedCompany>>(
    () => ({
      noun: 'companies',
      path: '/companies',
      title: 'nav:companies',
      above: <SettingsTabs />,
      rowKey,
      rowHref: row => (row.id === here ? '/settings' : `/companies?company=${row.id}`),
      rowName: row => row.name,
      columns: columns(t, here),
      filters,
      defaultSort: 'code',
      searchHint: 'company:search_hint',
      card: row => (
        <span className="list-lines">
          <span className="strong cut">{row.name}</span>
          <span className="soft cut">{[row.code, row.currency, row.time_zone].join(' · ')}</span>
        </span>
      ),
      extra: create,
      empty: { title: t('company:empty.title'), text: t('company:empty.text'), action: create },
    }),
    [t, here, create],
  )
  const close = useCallback(() => change({ company: null, founded: null }), [change])
  return (
    <>
      <ListPage spec={spec} />
      {url.company && (
        <Suspense fallback={null}>
          <CompanyDialog key={url.company} id={url.company} user={url.founded} onClose={close} />
        </Suspense>
      )}
    </>
  )
}

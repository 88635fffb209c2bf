import { useQueryClient } from '@tanstack/react-query'
import { Alert } from 'antd'
import { lazy, Suspense, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { ErrorState } from '@/components/ErrorState'
import { LinkButton } from '@/components/LinkButton'
import { PageHead } from '@/components/PageHead'
import { PageSkeleton } from '@/components/PageSkeleton'
import { Tabs } from '@/components/Tabs'
import type { Import } from '@/lib/api/types'
import { formatCount } from '@/lib/format'
import { useUrlState } from '@/lib/url-state'
import { Errors } from './Errors'
import { Files } from './Files'
import { ImportTag } from './ImportTag'
import { Preview } from './Preview'
import { useImport } from './queries'
import { RunImport, refusalOf } from './run'
import { Steps } from './Steps'
import './import.css'

const MappingEditor = lazy(() => import('./MappingEditor').then(module => ({ default: module.MappingEditor })))

/** One import from its check to its end. */
export function OneImport() {
  const { id = '' } = useParams()
  const found = useImport(id)
  if (found.isError) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />
  if (!found.data) return <PageSkeleton />
  return <Content given={found.data} />
}

const TABS = ['preview', 'errors', 'mapping', 'files'] as const
type Tab = (typeof TABS)[number]

function tabOf(value: string | undefined, given: Import): Tab {
  const wanted = TABS.find(tab => tab === value)
  if (wanted) return wanted
  if (!given.mapping) return 'mapping'
  return given.error_count > 0 && given.state === 'preview' ? 'errors' : 'preview'
}

/** What came in is to be seen everywhere, also where the event stream is not there. */
function useFreshWhenDone(given: Import): void {
  const client = useQueryClient()
  const { state } = given
  useEffect(() => {
    if (state !== 'done') return
    for (const key of [
      'customers',
      'products',
      'prices',
      'exchange-rates',
      'stock',
      'orders',
      'my-work',
      'dashboard',
    ]) {
      void client.invalidateQueries({ queryKey: [key] })
    }
  }, [state, client])
}

function Content({ given }: { given: Import }) {
  const { t } = useTranslation()
  const [url, change] = useUrlState()
  const tab = tabOf(url.tab, given)
  useFreshWhenDone(given)
  const editable = given.state === 'preview' || given.state === 'failed'
  const tabs = TABS.filter(
    value => (value !== 'errors' || given.error_count > 0) && (value !== 'mapping' || editable || given.mapping),
  )
  return (
    <div className="page import-page">
      <PageHead
        title={given.files.map(file => file.name).join('、') || t('import:title')}
        tags={<ImportTag state={given.state} errors={given.error_count} />}
      >
        <LinkButton to="/import">
          {t(given.state === 'done' || given.state === 'running' ? 'import:another' : 'import:again')}
        </LinkButton>
        <RunImport given={given} />
      </PageHead>
      <Steps given={given} />
      <Said given={given} />
      <Tabs
        label={t('import:title')}
        value={tab}
        onChange={value => change({ tab: value })}
        tabs={tabs.map(value => ({
          value,
          label: `import:tab.${value}`,
          count: value === 'errors' ? given.error_count : undefined,
        }))}
      />
      <div id="tab-panel" role="tabpanel" aria-labelledby={`tab-${tab}`}>
        {tab === 'preview' && <Preview given={given} />}
        {tab === 'errors' && <Errors given={given} />}
        {tab === 'mapping' && (
          <Suspense fallback={<PageSkeleton />}>
            <MappingEditor given={given} editable={editable} />
          </Suspense>
        )}
        {tab === 'files' && <Files given={given} />}
      </div>
    </div>
  )
}

/** Where the import stands, in a sentence; while it runs, how far it is. */
function Said({ given }: { given: Import }) {
  const { t } = useTranslation()
  if (given.state === 'running') return <Running given={given} />
  if (given.state === 'done') return <Alert type="success" showIcon title={t('import:say.done')} />
  if (given.state === 'failed') {
    return <Alert type="error" showIcon title={t('import:say.failed', { reason: given.failure ?? '' })} />
  }
  if (!given.mapping) return <Alert type="warning" showIcon title={t('import:say.nothing_fits')} />
  const refusal = refusalOf(given)
  if (refusal === 'errors') {
    return <Alert type="error" showIcon title={t('import:say.errors', { shown: formatCount(given.error_count) })} />
  }
  if (refusal === 'before') {
    return (
      <Alert
        type="warning"
        showIcon
        title={t('import:say.before')}
        action={<Link to={`/import/${given.before}`}>{t('import:say.before_link')}</Link>}
      />
    )
  }
  return <Alert type="info" showIcon title={t(refusal ? 'import:say.no_news' : 'import:say.clean')} />
}

function Running({ given }: { given: Import }) {
  const { t } = useTranslation()
  const { done, total } = given.progress
  const words = t('import:progress', { done: formatCount(done), total: formatCount(total) })
  const share = total > 0 ? Math.min(100, Math.round((done / total) * 100)) : 0
  return (
    <div className="main-column">
      <span role="status">
        {t('import:say.running')} {words}
      </span>
      <div
        className="import-bar"
        role="progressbar"
        aria-label={t('import:state.running')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={share}
        aria-valuetext={words}
      >
        <i style={{ width: `${share}%` }} />
      </div>
    </div>
  )
}

import { useQuery } from '@tanstack/react-query'
import { Radio } from 'antd'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '@/components/EmptyState'
import { ErrorState } from '@/components/ErrorState'
import { PageHead } from '@/components/PageHead'
import { PageSkeleton } from '@/components/PageSkeleton'
import { get } from '@/lib/api/client'
import type { PromiseRisks } from '@/lib/api/types'
import { useUrlState } from '@/lib/url-state'
import { PartTable } from './PartTable'
import { PromiseTabs } from './tabs'
import './promise.css'

const BANDS = ['', 'late', 'at_risk', 'safe'] as const

/** Which promises may be missed, and why; the least sure first (PRM-08). */
export function RisksPage() {
  const { t } = useTranslation()
  const [url, change] = useUrlState()
  const band = url.jeopardy ?? ''
  const query = useQuery({
    queryKey: ['promise', 'risks', band],
    queryFn: () => get<PromiseRisks>(`/promise/risks${band ? `?jeopardy=${band}` : ''}`),
  })
  return (
    <div className="page">
      <PageHead title={t('nav:promise')} />
      <PromiseTabs />
      {query.isPending ? (
        <PageSkeleton />
      ) : query.isError ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <>
          <div className="promise-tools">
            <Radio.Group
              aria-label={t('promise:risk.which')}
              value={band}
              onChange={event => change({ jeopardy: event.target.value || null })}
              optionType="button"
              options={BANDS.map(value => ({
                value,
                label: value ? `${t(`promise:band.${value}`)} ${query.data[value]}` : t('promise:risk.open'),
              }))}
            />
          </div>
          {query.data.parts.length === 0 ? (
            <EmptyState title={t('promise:risk.none')} text={t('promise:risk.none_text')} />
          ) : (
            <PartTable
              title={t('promise:risk.title', { count: query.data.parts.length })}
              parts={query.data.parts}
              whose
            />
          )}
        </>
      )}
    </div>
  )
}

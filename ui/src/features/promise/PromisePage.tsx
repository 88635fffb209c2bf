import { useQuery } from '@tanstack/react-query'
import { Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { Card } from '@/components/Card'
import { EmptyState } from '@/components/EmptyState'
import { ErrorState } from '@/components/ErrorState'
import { PageHead } from '@/components/PageHead'
import { PageSkeleton } from '@/components/PageSkeleton'
import { Pick } from '@/components/Pick'
import { get } from '@/lib/api/client'
import type { PromiseTimeline } from '@/lib/api/types'
import { formatQuantity } from '@/lib/format'
import { useUrlState } from '@/lib/url-state'
import { DayTable } from './DayTable'
import { TimelineChart } from './TimelineChart'
import { PromiseTabs } from './tabs'
import { WhatIf } from './WhatIf'
import { useReason } from './words'
import './promise.css'

/** What comes and goes of a product, what can be promised of it on which day, and who takes what (PRM-01, PRM-05). */
export function PromisePage() {
  const { t } = useTranslation()
  const [url, change] = useUrlState()
  const { product, warehouse } = url
  const query = useQuery({
    queryKey: ['promise', 'timeline', product, warehouse],
    queryFn: ({ signal }) => get<PromiseTimeline>('/promise/timeline', { product, warehouse }, { signal }),
    enabled: Boolean(product),
    placeholderData: (previous, last) => (last?.queryKey[2] === product ? previous : undefined),
  })
  return (
    <div className="page">
      <PageHead title={t('nav:promise')} />
      <PromiseTabs />
      <div className="promise-tools">
        <span className="promise-product">
          <Pick
            kind="product"
            label={t('promise:product')}
            placeholder={t('promise:choose')}
            value={product ?? null}
            autoFocus={!product}
            onChange={id => change({ product: id, warehouse: null })}
          />
        </span>
        {query.data && query.data.warehouses.length > 1 && (
          <Segmented
            aria-label={t('promise:warehouse')}
            value={query.data.warehouse.id}
            onChange={id => change({ warehouse: String(id) })}
            options={query.data.warehouses.map(place => ({
              value: place.warehouse.id,
              label: `${place.warehouse.name} · ${formatQuantity(place.available)}`,
            }))}
          />
        )}
      </div>
      {!product ? (
        <EmptyState title={t('promise:empty.title')} text={t('promise:empty.text')} />
      ) : query.isPending ? (
        <PageSkeleton lines={8} />
      ) : query.isError ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Shown data={query.data} />
      )}
    </div>
  )
}

function Shown({ data }: { data: PromiseTimeline }) {
  const { t } = useTranslation()
  return (
    <div className="promise-columns">
      <div className="promise-main">
        <Card title={t('promise:chart.title', { product: data.product.name, warehouse: data.warehouse.name })}>
          <Summary data={data} />
          <TimelineChart data={data} />
        </Card>
        <DayTable data={data} />
      </div>
      <WhatIf key={`${data.product.id} ${data.warehouse.id}`} data={data} />
    </div>
  )
}

/** What is free today, and when and why there is more. */
function Summary({ data }: { data: PromiseTimeline }) {
  const { t } = useTranslation()
  const reason = useReason()
  const free = data.days[0]?.available
  const next = data.next.lines[0]
  const binding = next?.binding ?? data.next.open_binding
  return (
    <p className="promise-summary">
      <span className="strong">{t('promise:free_today', { quantity: formatQuantity(free) })}</span>{' '}
      {next ? t('promise:more_on', { day: next.promised_on }) : t('promise:no_more')}
      {binding && <span className="soft"> {reason(binding)}</span>}
    </p>
  )
}

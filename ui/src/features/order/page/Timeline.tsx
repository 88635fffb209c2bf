import { useTranslation } from 'react-i18next'
import { ErrorState } from '@/components/ErrorState'
import { PageSkeleton } from '@/components/PageSkeleton'
import type { OrderEvent } from '@/lib/api/types'
import { formatInstant } from '@/lib/format'
import { useOrderEvents } from '../queries'

/** All that happened to the order, newest first: who, when, from where, what changed and why. */
export function Timeline({ id }: { id: string }) {
  const { t } = useTranslation()
  const events = useOrderEvents(id)
  if (events.isPending) return <PageSkeleton lines={6} />
  if (events.isError) return <ErrorState error={events.error} onRetry={() => void events.refetch()} />
  if (events.data.items.length === 0) return <p className="soft">{t('order-step:timeline.none')}</p>
  return (
    <div className="card">
      <ol className="timeline">
        {events.data.items.map(event => (
          <Entry key={event.position} event={event} />
        ))}
      </ol>
    </div>
  )
}

const SOURCES = ['web', 'api', 'cli', 'import', 'job', 'clock']

export function Entry({ event }: { event: OrderEvent }) {
  const { t } = useTranslation()
  const channel = event.source?.channel
  return (
    <li>
      <div className="row wrap">
        <span className="strong">{event.summary}</span>
        <span className="grow" />
        <span className="soft mono">
          {event.by} · {formatInstant(event.at)}
          {channel && ` · ${SOURCES.includes(channel) ? t(`order-step:timeline.source.${channel}`) : channel}`}
        </span>
      </div>
      {event.reason && <div className="pre">{t('order-step:timeline.reason', { reason: event.reason })}</div>}
      {event.changes.length > 0 && (
        <ul className="changes">
          {event.changes.map(change => (
            <li key={change.field}>
              <span className="soft">{change.label} </span>
              <del>{change.before || '–'}</del> → <ins>{change.after || '–'}</ins>
            </li>
          ))}
        </ul>
      )}
    </li>
  )
}

/** Messages of customers: who waits at the left, what was said at the right (INT-07). */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, NavLink, useParams, useSearchParams } from 'react-router'
import { Conversation } from '@/components/conversation/Conversation'
import { useRefreshMessages } from '@/components/conversation/queries'
import { EmptyState } from '@/components/EmptyState'
import { ErrorState } from '@/components/ErrorState'
import { PageHead } from '@/components/PageHead'
import { PageSkeleton } from '@/components/PageSkeleton'
import { StateTag } from '@/components/StateTag'
import { formatInstant } from '@/lib/format'
import { useSession } from '@/lib/session'
import { usePost } from '@/lib/step'
import { useCustomer, useThreads } from './queries'
import '@/components/list/list.css'
import './message.css'

export function MessagesPage() {
  const { t } = useTranslation()
  const { id = '' } = useParams()
  const [search] = useSearchParams()
  const waiting = search.get('view') !== 'all'
  return (
    <div className="page">
      <PageHead title={t('nav:messages')} />
      <nav className="view-tabs" aria-label={t('nav:messages')}>
        <Link className={`view-tab${waiting ? ' active' : ''}`} aria-current={waiting ? 'page' : undefined} to="?">
          {t('message:view.waiting')}
        </Link>
        <Link
          className={`view-tab${waiting ? '' : ' active'}`}
          aria-current={waiting ? undefined : 'page'}
          to="?view=all"
        >
          {t('message:view.all')}
        </Link>
      </nav>
      <div className={`messages${id ? ' chosen' : ''}`}>
        <Threads waiting={waiting} search={search.toString()} />
        <div className="messages-open">
          {id ? <Open key={id} id={id} /> : <EmptyState title={t('message:choose')} />}
        </div>
      </div>
    </div>
  )
}

function Threads({ waiting, search }: { waiting: boolean; search: string }) {
  const { t } = useTranslation()
  const found = useThreads(waiting)
  if (found.isError) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />
  if (!found.data) return <PageSkeleton />
  const threads = found.data.pages.flatMap(page => page.items)
  return (
    <div className="messages-threads">
      {threads.length === 0 && (
        <EmptyState title={t(waiting ? 'message:none_waits' : 'message:none')} text={t('message:none_text')} />
      )}
      <ul>
        {threads.map(thread => (
          <li key={thread.customer.id}>
            <NavLink to={{ pathname: `/messages/${thread.customer.id}`, search }}>
              <span className="row">
                <strong className="grow cut">{thread.customer.name}</strong>
                {thread.unread && <span className="messages-dot" role="img" aria-label={t('message:unread')} />}
                <time className="soft" dateTime={thread.last.at}>
                  {formatInstant(thread.last.at)}
                </time>
              </span>
              <span className="soft messages-preview">{thread.last.text}</span>
              {thread.waiting_since && (
                <StateTag tone="risk">
                  {t('message:waits_since', { time: formatInstant(thread.waiting_since) })}
                </StateTag>
              )}
            </NavLink>
          </li>
        ))}
      </ul>
      {found.hasNextPage && (
        <Button type="link" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t('message:more')}
        </Button>
      )}
    </div>
  )
}

function Open({ id }: { id: string }) {
  const { t } = useTranslation()
  const { can } = useSession()
  const [search] = useSearchParams()
  const [about, number] = [search.get('quotation'), search.get('number')]
  const quotation = about && number ? { id: about, number } : undefined
  const customer = useCustomer(id)
  const refresh = useRefreshMessages()
  const settle = usePost<Record<string, never>, unknown>(`/customers/${id}/messages/settle`, {
    done: t('message:settled'),
    onDone: refresh,
  })
  if (customer.isError) return <ErrorState error={customer.error} onRetry={() => void customer.refetch()} />
  return (
    <>
      <div className="row wrap">
        <h2 className="grow cut">
          <Link to={`/customers/${id}`}>{customer.data?.name ?? ' '}</Link>
        </h2>
        {can('message.write') && (
          <Button loading={settle.isPending} onClick={() => settle.mutate({})}>
            {t('message:settle')}
          </Button>
        )}
      </div>
      {quotation && (
        <p className="row wrap">
          <Link to={`/quotations/${quotation.id}`}>{t('message:about_quotation', { number: quotation.number })}</Link>
          <Link to={`/messages/${id}`}>{t('message:view.all')}</Link>
        </p>
      )}
      <Conversation
        path={`/customers/${id}/messages`}
        side="company"
        quotation={quotation}
        orderPath={order => `/orders/${order}`}
        quotationPath={one => `/quotations/${one}`}
        writes={can('message.write')}
      />
    </>
  )
}

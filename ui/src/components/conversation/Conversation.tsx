/** What was said, the last at the foot, and a field to say something; used by both sides. */
import { Button, Input } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import { post } from '@/lib/api/client'
import { formatInstant } from '@/lib/format'
import { usePost } from '@/lib/step'
import { ErrorState } from '../ErrorState'
import { PageSkeleton } from '../PageSkeleton'
import { useMessages, useRefreshMessages } from './queries'
import './conversation.css'

/** The part of an address that says about which quotation is written. */
export function aboutQuotation({ id, number }: { id: string; number: string }): { quotation: string; number: string } {
  return { quotation: id, number }
}

interface Props {
  /** Where this side reads and writes. */
  path: string
  /** Which side reads. */
  side: 'company' | 'customer'
  /** The order that what is written is about. */
  order?: { id: string; number: string }
  /** The quotation that what is written is about; whoever has its link reads it too. */
  quotation?: { id: string; number: string }
  /** Address of an order for this side. */
  orderPath: (id: string) => string
  /** Address of a quotation for this side. */
  quotationPath: (id: string) => string
  /** Whether this person may write. */
  writes: boolean
}

export function Conversation({ path, side, order, quotation, orderPath, quotationPath, writes }: Props) {
  const { t } = useTranslation()
  const found = useMessages(path, { order: order?.id, quotation: quotation?.number })
  const refresh = useRefreshMessages()
  const rest = Object.fromEntries(useSearchParams()[0])
  const foot = useRef<HTMLDivElement>(null)
  const messages = (found.data?.pages.flatMap(page => page.items) ?? []).toReversed()
  const last = messages.at(-1)
  const isTheirs = last !== undefined && last.from_customer === (side === 'company')
  const [lastId, lastAt] = [last?.id, last?.at]
  useEffect(() => {
    if (!lastId) return
    foot.current?.scrollIntoView({ block: 'nearest' })
    if (isTheirs) void post(`${path}/read`, { upto: lastAt }).then(refresh, () => undefined)
  }, [lastId, lastAt, isTheirs, path, refresh])
  if (found.isError) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />
  if (!found.data) return <PageSkeleton />
  return (
    <div className="conversation">
      <div className="conversation-scroll">
        {found.hasNextPage && (
          <Button size="small" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            {t('message:earlier')}
          </Button>
        )}
        {messages.length === 0 && <p className="soft conversation-empty">{t(`message:empty.${side}`)}</p>}
        <ol className="conversation-list" aria-label={t('message:said')}>
          {messages.map(message => (
            <li key={message.id} className={message.from_customer === (side === 'customer') ? 'own' : 'other'}>
              <p className="conversation-head">
                <strong>{message.author}</strong>
                <time dateTime={message.at}>{formatInstant(message.at)}</time>
                {message.order && <Link to={orderPath(message.order.id)}>{message.order.number}</Link>}
                {message.quotation && <Link to={quotationPath(message.quotation.id)}>{message.quotation.number}</Link>}
                {message.quotation && side === 'company' && writes && !quotation && message.from_customer && (
                  <Link
                    to={{ search: new URLSearchParams({ ...rest, ...aboutQuotation(message.quotation) }).toString() }}
                  >
                    {t('message:reply_to_quotation')}
                  </Link>
                )}
              </p>
              <p className="conversation-text">{message.text}</p>
            </li>
          ))}
        </ol>
        <div ref={foot} />
      </div>
      {writes && <Write path={path} order={order} quotation={quotation} onSaid={refresh} />}
    </div>
  )
}

function Write({
  path,
  order,
  quotation,
  onSaid,
}: Pick<Props, 'path' | 'order' | 'quotation'> & { onSaid: () => void }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const say = usePost<{ text: string; order_id?: string; quotation_id?: string }, { id: string }>(path, {
    onDone: () => {
      setText('')
      onSaid()
    },
  })
  const about = order ? t('message:about', { number: order.number }) : t('message:text')
  const placeholder = quotation ? t('message:about_quotation', { number: quotation.number }) : about
  const send = () => {
    if (text.trim() && !say.isPending)
      say.mutate({ text: text.trim(), order_id: order?.id, quotation_id: quotation?.id })
  }
  return (
    <form
      className="conversation-write"
      onSubmit={event => {
        event.preventDefault()
        send()
      }}
    >
      <Input.TextArea
        aria-label={t('message:text')}
        placeholder={placeholder}
        autoSize={{ minRows: 2, maxRows: 8 }}
        maxLength={2000}
        value={text}
        onChange={event => setText(event.target.value)}
        onKeyDown={event => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send()
        }}
      />
      <Button type="primary" htmlType="submit" loading={say.isPending} disabled={text.trim() === ''}>
        {t('message:send')}
      </Button>
    </form>
  )
}

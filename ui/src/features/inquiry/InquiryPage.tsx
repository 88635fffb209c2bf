/** One inquiry: what the customer said, what must be known still, the answer that was promised, and what may be done with it now. */
import {
  CheckOutlined,
  ClockCircleOutlined,
  EditOutlined,
  FileTextOutlined,
  MessageOutlined,
  SolutionOutlined,
  StopOutlined,
} from '@ant-design/icons'
import { Alert, Button } from 'antd'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useParams } from 'react-router'
import { ActionBar, type Verb } from '@/components/ActionBar'
import { AttachmentList, AttachmentUpload } from '@/components/Attachments'
import { Card } from '@/components/Card'
import { ClockTag } from '@/components/Clock'
import { ErrorState } from '@/components/ErrorState'
import { Facts } from '@/components/Facts'
import { PageHead } from '@/components/PageHead'
import { PageSkeleton } from '@/components/PageSkeleton'
import { ReasonDialog } from '@/components/ReasonDialog'
import { put } from '@/lib/api/client'
import type { AttachmentKind, Inquiry, InquiryItem, InquiryVerb } from '@/lib/api/types'
import { formatInstant } from '@/lib/format'
import { useMessage } from '@/lib/message'
import { useCan } from '@/lib/session'
import { useProblemText } from '@/lib/step'
import { useInquiry, useInquiryStep, useRefreshInquiries } from './queries'
import { Said } from './Said'
import { InquiryStatusTag, MarkTag, OpenItems } from './tags'
import './inquiry.css'

const PromiseDialog = lazy(() => import('./dialogs').then(all => ({ default: all.PromiseDialog })))
const LinkDialog = lazy(() => import('./dialogs').then(all => ({ default: all.LinkDialog })))
const AnswerDialog = lazy(() => import('./dialogs').then(all => ({ default: all.AnswerDialog })))

export function InquiryPage() {
  const { id = '' } = useParams()
  const query = useInquiry(id)
  if (query.isPending) return <PageSkeleton />
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  return <Loaded key={query.data.id} inquiry={query.data} />
}

function Loaded({ inquiry }: { inquiry: Inquiry }) {
  const { t } = useTranslation()
  const { verbs, dialog, busy, link } = useVerbs(inquiry)
  return (
    <div className="page">
      <PageHead
        title={inquiry.number}
        tags={
          <>
            <InquiryStatusTag status={inquiry.status} />
            <OpenItems missing={inquiry.missing} vague={inquiry.vague} />
            {inquiry.clock && <ClockTag clock={inquiry.clock} />}
          </>
        }
      >
        <ActionBar actions={inquiry.actions} verbs={verbs} busy={busy} />
      </PageHead>
      {inquiry.status === 'dropped' && (
        <Alert type="info" showIcon title={t('inquiry:dropped', { why: inquiry.drop_reason })} />
      )}
      <div className="inquiry-columns">
        <div className="main-column">
          <Card title={t('inquiry:field.said')}>
            {inquiry.said ? (
              <Said text={inquiry.said} words={inquiry.vague_words} />
            ) : (
              <p className="soft">{t('inquiry:no_words')}</p>
            )}
          </Card>
          <Files inquiry={inquiry} />
          <History inquiry={inquiry} />
        </div>
        <div className="main-column">
          <Items inquiry={inquiry} />
          <Overview inquiry={inquiry} onLink={link} />
        </div>
      </div>
      {dialog}
    </div>
  )
}

/** The checklist as it stands, with what is missing said first. */
function Items({ inquiry }: { inquiry: Inquiry }) {
  const { t } = useTranslation()
  if (inquiry.items.length === 0) return null
  return (
    <Card title={t('inquiry:checklist')}>
      <ul className="inquiry-items">
        {inquiry.items.map(item => (
          <li key={item.code} className={`inquiry-item mark-${item.mark}`}>
            <span className="row">
              <span className="grow strong">{item.name}</span>
              <MarkTag mark={item.mark} />
            </span>
            {item.value && <span className="pre">{item.value}</span>}
            {item.reason && <span className="ink-risk">{item.reason}</span>}
            {item.meaning && <span className="soft">{t('inquiry:understood', { meaning: item.meaning })}</span>}
            {item.kind === 'drawing' && <Drawing inquiry={inquiry} item={item} />}
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** The file that is the drawing, or a way to bring one. */
function Drawing({ inquiry, item }: { inquiry: Inquiry; item: InquiryItem }) {
  const { t } = useTranslation()
  const message = useMessage()
  const problemText = useProblemText()
  const refresh = useRefreshInquiries()
  const mayEdit = inquiry.actions.some(action => action.verb === 'edit' && action.allowed)
  const mayAdd = useCan('attachment.add')
  const file = inquiry.attachments.find(one => one.id === item.attachment_id)
  const name = (attachment_id: string) => {
    const items = inquiry.items.map(one => ({
      code: one.code,
      value: one.value,
      attachment_id: one.code === item.code ? attachment_id : (one.attachment_id ?? null),
    }))
    const sent = {
      customer_id: inquiry.customer?.id ?? '',
      customer_name: inquiry.customer_name,
      contact_name: inquiry.contact_name,
      contact_phone: inquiry.contact_phone,
      channel: inquiry.channel,
      received_at: inquiry.received_at,
      rep_id: inquiry.rep?.id ?? null,
      said: inquiry.said,
      items: items.filter(one => one.value !== '' || one.attachment_id),
    }
    put(`/inquiries/${inquiry.id}`, sent, { version: inquiry.version })
      .catch((error: unknown) => void message.error(problemText(error), 6))
      .finally(refresh)
  }
  return (
    <>
      {file && <AttachmentList items={[file]} />}
      {mayEdit && mayAdd && (
        <AttachmentUpload
          kind="drawing"
          inquiryId={inquiry.id}
          label={t('inquiry:add_drawing')}
          onUploaded={kept => name(kept.id)}
        />
      )}
    </>
  )
}

function Overview({ inquiry, onLink }: { inquiry: Inquiry; onLink: (() => void) | null }) {
  const { t } = useTranslation()
  const by = inquiry.answered_by
  return (
    <Card title={t('inquiry:overview')}>
      <Facts
        items={[
          {
            label: t('inquiry:field.customer'),
            value: inquiry.customer ? (
              <Link to={`/customers/${inquiry.customer.id}`}>{inquiry.customer.name}</Link>
            ) : (
              <>
                {inquiry.customer_name} <span className="ink-risk">{t('inquiry:no_file')}</span>
              </>
            ),
          },
          { label: t('inquiry:field.contact'), value: `${inquiry.contact_name} ${inquiry.contact_phone}`.trim() },
          { label: t('inquiry:field.channel'), value: t(`order:channel.${inquiry.channel}`) },
          { label: t('inquiry:field.received_at'), value: formatInstant(inquiry.received_at) },
          { label: t('inquiry:field.taken_by'), value: inquiry.taken_by.name },
          { label: t('inquiry:field.rep'), value: inquiry.rep?.name },
          { label: t('inquiry:field.answer_by'), value: inquiry.answer_by && formatInstant(inquiry.answer_by) },
          {
            label: t('inquiry:field.answer'),
            value: inquiry.answer && (
              <>
                <span className="pre">{inquiry.answer}</span>
                {by && inquiry.answered_at && (
                  <div className="soft">
                    {by.name} {formatInstant(inquiry.answered_at)}
                  </div>
                )}
              </>
            ),
            wide: true,
          },
          {
            label: t('inquiry:field.quotation'),
            value: inquiry.quotation && (
              <Link to={`/quotations/${inquiry.quotation.id}`}>{inquiry.quotation.number}</Link>
            ),
          },
          {
            label: t('inquiry:field.order'),
            value: inquiry.order ? (
              <Link to={`/orders/${inquiry.order.id}`}>{inquiry.order.number || t('order:no_number')}</Link>
            ) : (
              onLink && (
                <Button type="link" size="small" className="inline-link" onClick={onLink}>
                  {t('inquiry:link_order')}
                </Button>
              )
            ),
          },
        ].filter(fact => fact.value)}
      />
    </Card>
  )
}

const FILES: AttachmentKind[] = ['call_note', 'fax', 'message']

function Files({ inquiry }: { inquiry: Inquiry }) {
  const { t } = useTranslation()
  const refresh = useRefreshInquiries()
  const mayAdd = useCan('attachment.add')
  return (
    <Card title={t('inquiry:files')}>
      {inquiry.attachments.length > 0 ? (
        <AttachmentList items={inquiry.attachments} />
      ) : (
        <p className="soft">{t('inquiry:no_files')}</p>
      )}
      {mayAdd && inquiry.status !== 'dropped' && (
        <div className="row wrap inquiry-upload">
          {FILES.map(kind => (
            <AttachmentUpload
              key={kind}
              kind={kind}
              inquiryId={inquiry.id}
              label={t(`common:attachment_kind.${kind}`)}
              onUploaded={refresh}
            />
          ))}
        </div>
      )}
    </Card>
  )
}

/** What happened, the latest first. */
function History({ inquiry }: { inquiry: Inquiry }) {
  const { t } = useTranslation()
  return (
    <Card title={t('inquiry:history')}>
      <ol className="inquiry-history">
        {inquiry.history.map(event => (
          <li key={event.position}>
            <span className="soft mono">{formatInstant(event.at)}</span> {event.by} {event.summary}
            {event.reason && <span className="soft"> · {event.reason}</span>}
            {event.changes.length > 0 && (
              <ul className="soft">
                {event.changes.map(change => (
                  <li key={change.field}>
                    {change.label}：{change.before || '–'} → {change.after || '–'}
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ol>
    </Card>
  )
}

const LOOKS: { verb: InquiryVerb; icon: ReactNode; danger?: boolean; quiet?: boolean }[] = [
  { verb: 'clarify', icon: <CheckOutlined /> },
  { verb: 'order', icon: <FileTextOutlined /> },
  { verb: 'quote', icon: <SolutionOutlined /> },
  { verb: 'answer', icon: <MessageOutlined /> },
  { verb: 'promise', icon: <ClockCircleOutlined />, quiet: true },
  { verb: 'edit', icon: <EditOutlined />, quiet: true },
  { verb: 'drop', icon: <StopOutlined />, danger: true },
]

/** The buttons of an inquiry, and the dialog that is open. */
function useVerbs(inquiry: Inquiry): {
  verbs: Verb[]
  dialog: ReactNode
  busy: string | null
  link: (() => void) | null
} {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const refresh = useRefreshInquiries()
  const [open, setOpen] = useState<InquiryVerb | 'link' | null>(null)
  const close = () => setOpen(null)
  const done = () => {
    refresh()
    close()
  }
  const clarify = useInquiryStep<object>(inquiry, 'clarify')
  const order = useInquiryStep<object>(inquiry, 'order', state => void navigate(`/orders/${state.order_id}`))
  const quote = useInquiryStep<object>(
    inquiry,
    'quote',
    state => void navigate(`/quotations/${state.quotation_id}/edit`),
  )
  const drop = useInquiryStep<{ reason: string }>(inquiry, 'drop', close)
  const run = (verb: InquiryVerb) => {
    if (verb === 'edit') void navigate(`/inquiries/${inquiry.id}/edit`)
    else if (verb === 'clarify') clarify.mutate({})
    else if (verb === 'order') order.mutate({})
    else if (verb === 'quote') quote.mutate({})
    else setOpen(verb)
  }
  const verbs = LOOKS.map(look => ({ ...look, label: t(`inquiry:verb.${look.verb}`), run: () => run(look.verb) }))
  const mayLink = inquiry.customer && inquiry.actions.some(action => action.verb === 'order' && action.allowed)
  const link = mayLink ? () => setOpen('link') : null
  const dialog = (
    <Suspense fallback={null}>
      {open === 'drop' && (
        <ReasonDialog
          title={`${t('inquiry:verb.drop')} ${inquiry.number}`}
          confirm={t('inquiry:verb.drop')}
          consequences={[t('inquiry:follows_drop')]}
          busy={drop.isPending}
          onSubmit={reason => drop.mutate({ reason })}
          onClose={close}
        />
      )}
      {open === 'promise' && <PromiseDialog inquiry={inquiry} onClose={close} onDone={done} />}
      {open === 'link' && <LinkDialog inquiry={inquiry} onClose={close} onDone={done} />}
      {open === 'answer' && <AnswerDialog inquiry={inquiry} onClose={close} onDone={done} />}
    </Suspense>
  )
  const pending = { clarify, order, quote }
  const busy = Object.entries(pending).find(([, step]) => step.isPending)?.[0] ?? null
  return { verbs, dialog, busy, link }
}

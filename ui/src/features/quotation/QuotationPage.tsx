/** One version of a quotation: what it offers, who decided what, its other versions, and what may be done with it now. */
import {
  BranchesOutlined,
  CarryOutOutlined,
  CheckOutlined,
  CloseOutlined,
  EditOutlined,
  FileTextOutlined,
  FrownOutlined,
  MailOutlined,
  RollbackOutlined,
  SendOutlined,
  TrophyOutlined,
} from '@ant-design/icons'
import { Alert } from 'antd'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useParams } from 'react-router'
import { ActionBar, type Verb } from '@/components/ActionBar'
import { Card } from '@/components/Card'
import { ErrorState } from '@/components/ErrorState'
import { Facts } from '@/components/Facts'
import { PageHead } from '@/components/PageHead'
import { PageSkeleton } from '@/components/PageSkeleton'
import { ReasonDialog } from '@/components/ReasonDialog'
import { MarginCard } from '@/features/order/MarginCard'
import type { Quotation, QuotationVerb } from '@/lib/api/types'
import { formatInstant, formatMoney, formatRate } from '@/lib/format'
import { Compare } from './Compare'
import { Lines } from './Lines'
import { OffersCard } from './OffersCard'
import { useQuotation, useQuotationStep } from './queries'
import { QuotationStatusTag, Validity } from './tags'
import './quotation.css'

const Result = lazy(() => import('./result'))
const SendOffer = lazy(() => import('./offer'))

/** What belongs to other nouns and is put in by the route. */
export interface QuotationPageParts {
  /** The documents that were made of the quotation. */
  documents?: (quotation: Quotation) => ReactNode
}

export function QuotationPage(parts: QuotationPageParts) {
  const { id = '' } = useParams()
  const query = useQuotation(id)
  if (query.isPending) return <PageSkeleton />
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  return <Loaded key={query.data.id} quotation={query.data} parts={parts} />
}

function Loaded({ quotation, parts }: { quotation: Quotation; parts: QuotationPageParts }) {
  const { t } = useTranslation()
  const { verbs, dialog, busy } = useVerbs(quotation)
  const newest = quotation.versions.at(-1)
  return (
    <div className="page">
      <PageHead
        title={quotation.number}
        tags={
          <>
            <QuotationStatusTag status={quotation.status} />
            <span className="soft">{t('quotation:revision', { no: quotation.revision })}</span>
          </>
        }
      >
        <ActionBar actions={quotation.actions} verbs={verbs} busy={busy} />
      </PageHead>
      <div className="quotation-notes">
        {!quotation.latest && newest && (
          <Alert
            type="info"
            showIcon
            title={<Link to={`/quotations/${newest.id}`}>{t('quotation:newer', { no: newest.revision })}</Link>}
          />
        )}
        {quotation.status === 'expired' && (
          <Alert type="warning" showIcon title={t('quotation:expired', { day: quotation.valid_until })} />
        )}
        {quotation.status === 'draft' && quotation.decision_note && (
          <Alert type="warning" showIcon title={t('quotation:returned', { why: quotation.decision_note })} />
        )}
      </div>
      <div className="with-rail quotation-page">
        <div className="rail">
          {quotation.margin && <MarginCard margin={quotation.margin} />}
          <Course quotation={quotation} />
        </div>
        <div className="main-column">
          <Overview quotation={quotation} />
          <OffersCard quotation={quotation} />
          <Lines quotation={quotation} />
          {parts.documents?.(quotation)}
          <Compare quotation={quotation} />
        </div>
      </div>
      {dialog}
    </div>
  )
}

function Overview({ quotation }: { quotation: Quotation }) {
  const { t } = useTranslation()
  const lead = quotation.lead_days > 0 ? t('quotation:days', { count: quotation.lead_days }) : null
  const settlement = t(`order:settlement.${quotation.settlement}`)
  const deposit = Number(quotation.deposit_rate) > 0 ? ` ${formatRate(quotation.deposit_rate)}` : ''
  return (
    <Card title={t('quotation:overview')}>
      <Facts
        items={[
          {
            label: t('quotation:field.customer'),
            value: <Link to={`/customers/${quotation.customer.id}`}>{quotation.customer.name}</Link>,
          },
          {
            label: t('quotation:field.contact'),
            value: `${quotation.contact_name} ${quotation.contact_phone}`.trim(),
          },
          { label: t('quotation:field.payable'), value: <b className="mono">{formatMoney(quotation.payable)}</b> },
          { label: t('quotation:field.valid_until'), value: <Validity {...quotation} /> },
          { label: t('quotation:field.lead_time'), value: lead },
          { label: t('quotation:field.settlement'), value: `${settlement}${deposit}` },
          { label: t('quotation:field.quoted_on'), value: quotation.quoted_on },
          { label: t('quotation:field.rep'), value: quotation.rep?.name },
          {
            label: t('quotation:field.exchange_rate'),
            value: quotation.exchange_rate && `${quotation.currency} ${quotation.exchange_rate}`,
          },
          { label: t('quotation:field.delivery_address'), value: quotation.delivery_address, wide: true },
          { label: t('quotation:field.delivery_terms'), value: quotation.delivery_terms, wide: true },
          {
            label: t('quotation:field.terms'),
            value: quotation.terms && <span className="pre">{quotation.terms}</span>,
            wide: true,
          },
          { label: t('quotation:field.notes'), value: quotation.notes, wide: true },
        ].filter(fact => fact.value)}
      />
    </Card>
  )
}

/** Who did what, and when. */
function Course({ quotation }: { quotation: Quotation }) {
  const { t } = useTranslation()
  const who = (by: { name: string } | null, at: string | null, note = '') =>
    by && at ? (
      <>
        {by.name} {formatInstant(at)}
        {note && <div className="soft">{note}</div>}
      </>
    ) : null
  const reason = quotation.reason ? t(`quotation:reason.${quotation.reason}`) : ''
  const ended = [reason, quotation.end_note].filter(Boolean).join('：')
  return (
    <Card title={t('quotation:course')}>
      <Facts
        items={[
          {
            label: t('quotation:field.created_by'),
            value: who(quotation.created_by, quotation.created_at),
            wide: true,
          },
          {
            label: t('quotation:field.submitted'),
            value: who(quotation.submitted_by, quotation.submitted_at),
            wide: true,
          },
          {
            label: t('quotation:field.decided'),
            value: who(quotation.decided_by, quotation.decided_at, quotation.decision_note),
            wide: true,
          },
          {
            label: t('quotation:field.sent'),
            value: who(quotation.sent_by, quotation.sent_at, quotation.sent_note),
            wide: true,
          },
          { label: t('quotation:field.ended'), value: who(quotation.ended_by, quotation.ended_at, ended), wide: true },
          {
            label: t('quotation:field.order'),
            value: quotation.order && (
              <Link to={`/orders/${quotation.order.id}`}>{quotation.order.number || t('order:no_number')}</Link>
            ),
            wide: true,
          },
        ].filter(fact => fact.value)}
      />
    </Card>
  )
}

const LOOKS: { verb: QuotationVerb; icon: ReactNode; danger?: boolean; quiet?: boolean }[] = [
  { verb: 'submit', icon: <SendOutlined /> },
  { verb: 'approve', icon: <CheckOutlined /> },
  { verb: 'order', icon: <FileTextOutlined /> },
  { verb: 'offer', icon: <MailOutlined /> },
  { verb: 'send', icon: <CarryOutOutlined />, quiet: true },
  { verb: 'win', icon: <TrophyOutlined />, quiet: true },
  { verb: 'edit', icon: <EditOutlined />, quiet: true },
  { verb: 'revise', icon: <BranchesOutlined />, quiet: true },
  { verb: 'return', icon: <RollbackOutlined />, danger: true },
  { verb: 'reject', icon: <CloseOutlined />, danger: true },
  { verb: 'lose', icon: <FrownOutlined />, danger: true },
  { verb: 'withdraw', icon: <RollbackOutlined />, danger: true },
]

/** The buttons of a quotation, and the dialog that is open. */
function useVerbs(quotation: Quotation): { verbs: Verb[]; dialog: ReactNode; busy: string | null } {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [open, setOpen] = useState<QuotationVerb | null>(null)
  const close = () => setOpen(null)
  const submit = useQuotationStep<object>(quotation, 'submit')
  const approve = useQuotationStep<{ note: string }>(quotation, 'approve')
  const order = useQuotationStep<object>(quotation, 'order', state => void navigate(`/orders/${state.order_id}`))
  const revise = useQuotationStep<object>(quotation, 'revise', state => void navigate(`/quotations/${state.id}/edit`))
  const back = useQuotationStep<{ reason: string }>(quotation, 'return', close)
  const reject = useQuotationStep<{ reason: string }>(quotation, 'reject', close)
  const withdraw = useQuotationStep<{ reason: string }>(quotation, 'withdraw', close)
  const asking = { return: back, reject, withdraw }
  const run = (verb: QuotationVerb) => {
    if (verb === 'edit') void navigate(`/quotations/${quotation.id}/edit`)
    else if (verb === 'submit') submit.mutate({})
    else if (verb === 'approve') approve.mutate({ note: '' })
    else if (verb === 'order') order.mutate({})
    else if (verb === 'revise') revise.mutate({})
    else setOpen(verb)
  }
  const verbs = LOOKS.map(look => ({ ...look, label: t(`quotation:verb.${look.verb}`), run: () => run(look.verb) }))
  const dialog = (
    <>
      {(open === 'return' || open === 'reject' || open === 'withdraw') && (
        <ReasonDialog
          title={`${t(`quotation:verb.${open}`)} ${quotation.number}`}
          confirm={t(`quotation:verb.${open}`)}
          consequences={[t(`quotation:follows.${open}`)]}
          busy={asking[open].isPending}
          onSubmit={reason => asking[open].mutate({ reason })}
          onClose={close}
        />
      )}
      {open === 'offer' && (
        <Suspense fallback={null}>
          <SendOffer quotation={quotation} onClose={close} />
        </Suspense>
      )}
      {(open === 'send' || open === 'win' || open === 'lose') && (
        <Suspense fallback={null}>
          <Result quotation={quotation} verb={open} onClose={close} />
        </Suspense>
      )}
    </>
  )
  const pending = { submit, approve, order, revise }
  const busy = Object.entries(pending).find(([, step]) => step.isPending)?.[0] ?? null
  return { verbs, dialog, busy }
}

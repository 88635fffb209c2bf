/** One change order: what it asks for, what comes of it, who signed, and what may be done with it now. */
import {
  CheckOutlined,
  CloseOutlined,
  EditOutlined,
  MessageOutlined,
  RollbackOutlined,
  SendOutlined,
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
import { StateTag } from '@/components/StateTag'
import type { ChangeOrder, ChangeVerb } from '@/lib/api/types'
import { formatInstant } from '@/lib/format'
import { Consequences, SideBySide } from './Effect'
import { useChange, useChangeStep } from './queries'
import { ChangeStatusTag } from './tags'
import './change.css'

const AnswerChange = lazy(() => import('./answer').then(module => ({ default: module.AnswerChange })))

/** What belongs to other nouns and is put in by the route. */
interface Parts {
  evidence: (order: { id: string; number: string }) => ReactNode
}

export function ChangePage(parts: Parts) {
  const { id = '' } = useParams()
  const query = useChange(id)
  if (query.isPending) return <PageSkeleton />
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  return <Loaded change={query.data} parts={parts} />
}

function Loaded({ change, parts }: { change: ChangeOrder; parts: Parts }) {
  const { t } = useTranslation()
  const { verbs, dialog, busy } = useChangeVerbs(change)
  const open = change.status === 'submitted' || change.status === 'answering'
  const waits = open && (change.effect?.asks_supply || change.effect?.asks_customer)
  return (
    <div className="page">
      <PageHead title={change.number} tags={<ChangeStatusTag status={change.status} />}>
        <ActionBar actions={change.actions} verbs={verbs} busy={busy} />
      </PageHead>
      <div className="change-head">
        {change.moved && <Alert type="warning" showIcon title={change.trouble ?? t('change:moved')} />}
        {!change.moved && change.trouble && <Alert type="error" showIcon title={change.trouble} />}
        {change.end_reason && <Alert type="info" showIcon title={change.end_reason} />}
      </div>
      <div className="with-rail">
        <div className="rail">
          {change.effect && <Consequences effect={change.effect} />}
          <Signatures change={change} />
          {waits && parts.evidence(change.order)}
        </div>
        <div className="main-column">
          <Overview change={change} />
          {change.effect && <SideBySide effect={change.effect} />}
        </div>
      </div>
      {dialog}
    </div>
  )
}

function Overview({ change }: { change: ChangeOrder }) {
  const { t } = useTranslation()
  const who = (by: { name: string } | null, at: string | null) => (by && at ? `${by.name} ${formatInstant(at)}` : null)
  return (
    <Card title={t('change:overview')}>
      <Facts
        items={[
          { label: t('change:field.reason'), value: change.reason, wide: true },
          {
            label: t('change:field.order'),
            value: <Link to={`/orders/${change.order.id}?tab=changes`}>{change.order.number}</Link>,
          },
          { label: t('change:field.customer'), value: change.customer.name },
          { label: t('change:field.side'), value: t(`change:side.${change.side}`) },
          {
            label: t('change:field.kinds'),
            value: [...new Set(change.changes.map(item => item.kind_name))].join('、'),
          },
          { label: t('change:field.created_by'), value: who(change.created_by, change.created_at) },
          { label: t('change:field.submitted_at'), value: change.submitted_at && formatInstant(change.submitted_at) },
          { label: t('change:field.answered_at'), value: who(change.answered_by, change.answered_at) },
          { label: t('change:field.ended_at'), value: who(change.ended_by, change.ended_at) },
          {
            label: t('change:field.revision'),
            value: change.revision > 0 ? t('change:revision', { no: change.revision }) : null,
          },
        ]}
      />
    </Card>
  )
}

function Signatures({ change }: { change: ChangeOrder }) {
  const { t } = useTranslation()
  const last = Math.max(0, ...change.approvals.map(step => step.round))
  const steps = change.approvals.filter(step => step.round === last)
  if (steps.length === 0) return null
  return (
    <Card title={t('change:signatures')}>
      <ol className="consequences">
        {steps.map(step => (
          <li key={step.step}>
            {step.role_name}{' '}
            {step.decision ? (
              <StateTag tone={step.decision === 'approved' ? 'done' : 'late'}>
                {t(`change:decision.${step.decision}`)}
              </StateTag>
            ) : (
              <StateTag tone={step.open ? 'risk' : 'idle'}>
                {t(step.open ? 'change:decision.open' : 'change:decision.later')}
              </StateTag>
            )}
            {step.by && (
              <div className="soft">
                {step.by.name} {step.at && formatInstant(step.at)} {step.note}
              </div>
            )}
          </li>
        ))}
      </ol>
    </Card>
  )
}

const LOOKS: { verb: ChangeVerb; icon: ReactNode; danger?: boolean; quiet?: boolean }[] = [
  { verb: 'submit', icon: <SendOutlined /> },
  { verb: 'approve', icon: <CheckOutlined /> },
  { verb: 'answer', icon: <MessageOutlined /> },
  { verb: 'edit', icon: <EditOutlined />, quiet: true },
  { verb: 'reject', icon: <CloseOutlined />, danger: true },
  { verb: 'withdraw', icon: <RollbackOutlined />, danger: true },
]

/** The buttons of a change order, and the dialog that is open. */
function useChangeVerbs(change: ChangeOrder): { verbs: Verb[]; dialog: ReactNode; busy: string | null } {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [open, setOpen] = useState<ChangeVerb | null>(null)
  const close = () => setOpen(null)
  const submit = useChangeStep<object>(change, 'submit')
  const approve = useChangeStep<{ note: string }>(change, 'approve')
  const reject = useChangeStep<{ reason: string }>(change, 'reject', close)
  const withdraw = useChangeStep<{ reason: string }>(change, 'withdraw', close)
  const run = (verb: ChangeVerb) => {
    if (verb === 'edit') void navigate(`/changes/${change.id}/edit`)
    else if (verb === 'submit') submit.mutate({})
    else if (verb === 'approve') approve.mutate({ note: '' })
    else setOpen(verb)
  }
  const verbs = LOOKS.map(({ verb, ...look }) => ({
    ...look,
    verb,
    label: t(verb === 'submit' && change.status !== 'draft' ? 'change:resubmit' : `change:verb.${verb}`),
    run: () => run(verb),
  }))
  const asking = open === 'reject' ? reject : withdraw
  const dialog = (
    <>
      {(open === 'reject' || open === 'withdraw') && (
        <ReasonDialog
          title={`${t(`change:verb.${open}`)} ${change.number}`}
          confirm={t(`change:verb.${open}`)}
          consequences={[t('change:stands')]}
          busy={asking.isPending}
          onSubmit={reason => asking.mutate({ reason })}
          onClose={close}
        />
      )}
      {open === 'answer' && (
        <Suspense fallback={null}>
          <AnswerChange change={change} onClose={close} />
        </Suspense>
      )}
    </>
  )
  const busy = submit.isPending ? 'submit' : approve.isPending ? 'approve' : null
  return { verbs, dialog, busy }
}

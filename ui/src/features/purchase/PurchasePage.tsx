/** One purchase order: what is awaited and when, what came in, and what may be done with it now (PUR-01). */
import { CheckOutlined, EditOutlined, InboxOutlined, SendOutlined, StopOutlined } from '@ant-design/icons'
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
import { isZero } from '@/lib/decimal'
import { formatInstant, formatMoney, formatRate } from '@/lib/format'
import { useCan } from '@/lib/session'
import { Lines, Receipts } from './Lines'
import { type Purchase, type PurchaseVerb, usePurchase, usePurchaseStep } from './queries'
import { PurchaseStatusTag } from './tags'

const Receive = lazy(() => import('./receive'))
const Confirm = lazy(() => import('./confirm'))

export function PurchasePage() {
  const { id = '' } = useParams()
  const query = usePurchase(id)
  if (query.isPending) return <PageSkeleton />
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  return <Loaded key={query.data.id} purchase={query.data} />
}

function Loaded({ purchase }: { purchase: Purchase }) {
  const { t } = useTranslation()
  const { verbs, dialog, busy } = useVerbs(purchase)
  return (
    <div className="page">
      <PageHead
        title={purchase.number}
        tags={
          <>
            <PurchaseStatusTag status={purchase.status} />
            <span className="soft">{purchase.supplier.name}</span>
          </>
        }
      >
        <ActionBar actions={purchase.actions} verbs={verbs} busy={busy} />
      </PageHead>
      {purchase.end_reason && (
        <Alert type="info" showIcon title={t('purchase:ended_note', { why: purchase.end_reason })} />
      )}
      <div className="with-rail">
        <div className="rail">
          <Overview purchase={purchase} />
        </div>
        <div className="main-column">
          <Lines purchase={purchase} />
          {purchase.receipts.length > 0 && <Receipts purchase={purchase} />}
        </div>
      </div>
      {dialog}
    </div>
  )
}

function Overview({ purchase }: { purchase: Purchase }) {
  const { t } = useTranslation()
  const maySee = useCan('supplier.view')
  const who = (by: { name: string } | null | undefined, at: string | null | undefined) =>
    by && at ? `${by.name} ${formatInstant(at)}` : null
  const share = (rate: string) => !isZero(rate) && formatRate(rate)
  const label = (name: string) => t(`purchase:field.${name}`)
  const { supplier } = purchase
  return (
    <Card title={t('purchase:overview')}>
      <Facts
        items={[
          {
            label: label('supplier'),
            value: maySee ? <Link to={`/suppliers/${supplier.id}`}>{supplier.name}</Link> : supplier.name,
          },
          { label: label('warehouse'), value: purchase.warehouse.name },
          { label: label('total'), value: formatMoney(purchase.total) },
          { label: label('expected_on'), value: purchase.expected_on },
          { label: label('ordered_on'), value: purchase.ordered_on },
          { label: label('supplier_ref'), value: purchase.supplier_ref },
          { label: label('over_tolerance'), value: share(purchase.over_tolerance) },
          { label: label('under_tolerance'), value: share(purchase.under_tolerance) },
          { label: label('notes'), value: purchase.notes && <span className="pre">{purchase.notes}</span>, wide: true },
          { label: label('created_by'), value: who(purchase.created_by, purchase.created_at), wide: true },
          { label: label('sent_by'), value: who(purchase.sent_by, purchase.sent_at), wide: true },
          { label: label('confirmed_by'), value: who(purchase.confirmed_by, purchase.confirmed_at), wide: true },
          { label: label('ended_by'), value: who(purchase.ended_by, purchase.ended_at), wide: true },
        ].filter(fact => fact.value)}
      />
    </Card>
  )
}

const LOOKS: { verb: PurchaseVerb; icon: ReactNode; danger?: boolean; quiet?: boolean }[] = [
  { verb: 'send', icon: <SendOutlined /> },
  { verb: 'receive', icon: <InboxOutlined /> },
  { verb: 'confirm', icon: <CheckOutlined /> },
  { verb: 'edit', icon: <EditOutlined />, quiet: true },
  { verb: 'close', icon: <StopOutlined />, danger: true },
  { verb: 'cancel', icon: <StopOutlined />, danger: true },
]

/** The buttons of a purchase order, and the dialog that is open. */
function useVerbs(purchase: Purchase): { verbs: Verb[]; dialog: ReactNode; busy: string | null } {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [open, setOpen] = useState<PurchaseVerb | null>(null)
  const shut = () => setOpen(null)
  const send = usePurchaseStep<object>(purchase, 'send')
  const close = usePurchaseStep<{ reason: string }>(purchase, 'close', shut)
  const cancel = usePurchaseStep<{ reason: string }>(purchase, 'cancel', shut)
  const run = (verb: PurchaseVerb) => {
    if (verb === 'edit') void navigate(`/purchases/${purchase.id}/edit`)
    else if (verb === 'send') send.mutate({})
    else setOpen(verb)
  }
  const verbs = LOOKS.map(look => ({ ...look, label: t(`purchase:verb.${look.verb}`), run: () => run(look.verb) }))
  const awaited = purchase.lines.filter(line => !isZero(line.open.value)).length
  const reason = (verb: 'close' | 'cancel', step: typeof close) => (
    <ReasonDialog
      title={`${t(`purchase:verb.${verb}`)} ${purchase.number}`}
      confirm={t(`purchase:verb.${verb}`)}
      consequences={[t(`purchase:follows.${verb}`, { count: awaited })]}
      busy={step.isPending}
      onSubmit={why => step.mutate({ reason: why })}
      onClose={shut}
    />
  )
  const dialog = (
    <>
      {open === 'close' && reason('close', close)}
      {open === 'cancel' && reason('cancel', cancel)}
      <Suspense fallback={null}>
        {open === 'receive' && <Receive purchase={purchase} onClose={shut} />}
        {open === 'confirm' && <Confirm purchase={purchase} onClose={shut} />}
      </Suspense>
    </>
  )
  return { verbs, dialog, busy: send.isPending ? 'send' : null }
}

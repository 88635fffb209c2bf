/** One rebate agreement: its tiers, what counts in it, what it has come to, and how it is settled (PRC-06). */
import {
  CheckCircleOutlined,
  CheckOutlined,
  DeleteOutlined,
  EditOutlined,
  RollbackOutlined,
  SendOutlined,
  StopOutlined,
} from '@ant-design/icons'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert } from 'antd'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { ActionBar, type Verb } from '@/components/ActionBar'
import { Card } from '@/components/Card'
import { ErrorState } from '@/components/ErrorState'
import { Facts } from '@/components/Facts'
import { LineTable } from '@/components/LineTable'
import { PageHead } from '@/components/PageHead'
import { PageSkeleton } from '@/components/PageSkeleton'
import { ProductLinks } from '@/components/ProductLinks'
import { ReasonDialog } from '@/components/ReasonDialog'
import { When } from '@/components/When'
import { get } from '@/lib/api/client'
import { ApiProblem } from '@/lib/api/problem'
import type { Rebate, Saved } from '@/lib/api/types'
import { isZero, trim } from '@/lib/decimal'
import { formatMoney, formatRate } from '@/lib/format'
import { usePost, useProblemText } from '@/lib/step'
import type { To } from './ProposeDialog'
import { RebateStatusTag } from './tags'

const RebateForm = lazy(() => import('./RebateForm'))
const ProposeDialog = lazy(() => import('./ProposeDialog'))
const SettleDialog = lazy(() => import('./SettleDialog'))

type Step = 'approve' | 'withdraw' | 'end' | 'propose' | 'settle' | 'return'
type Reasoned = 'withdraw' | 'end' | 'return'

export function RebatePage() {
  const { id = '' } = useParams()
  const query = useQuery({
    queryKey: ['rebates', 'one', id],
    queryFn: () => get<Rebate>(`/rebates/${id}`),
    enabled: id !== '',
  })
  if (query.isPending) return <PageSkeleton />
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  return <Loaded key={query.data.id} rebate={query.data} />
}

function useStep<Given extends object>(rebate: Rebate, verb: Step, onDone: () => void, quiet = false) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const refresh = () => void client.invalidateQueries({ queryKey: ['rebates'] })
  return usePost<Given, Saved>(`/rebates/${rebate.id}/${verb}`, {
    version: () => rebate.version,
    done: t(`rebate:did.${verb}`),
    quiet,
    onDone: () => {
      refresh()
      onDone()
    },
    onProblem: error => {
      if (!quiet) refresh()
      return quiet && error instanceof ApiProblem && error.errors.length > 0
    },
  })
}

function Loaded({ rebate }: { rebate: Rebate }) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const [open, setOpen] = useState<'edit' | 'propose' | 'settle' | Reasoned | null>(null)
  const close = () => setOpen(null)
  const approve = useStep<object>(rebate, 'approve', close)
  const reasons: Record<Reasoned, { mutate: (given: { reason: string }) => void; isPending: boolean }> = {
    withdraw: useStep<{ reason: string }>(rebate, 'withdraw', close),
    end: useStep<{ reason: string }>(rebate, 'end', close),
    return: useStep<{ reason: string }>(rebate, 'return', close),
  }
  const propose = useStep<To>(rebate, 'propose', close)
  const settle = useStep<{ reference: string }>(rebate, 'settle', close, true)
  const label = (verb: string) => t(`rebate:verb.${verb}`)
  const verbs: Verb[] = [
    { verb: 'approve', label: label('approve'), icon: <CheckOutlined />, run: () => approve.mutate({}) },
    { verb: 'propose', label: label('propose'), icon: <SendOutlined />, run: () => setOpen('propose') },
    { verb: 'settle', label: label('settle'), icon: <CheckCircleOutlined />, run: () => setOpen('settle') },
    { verb: 'edit', label: label('edit'), icon: <EditOutlined />, run: () => setOpen('edit') },
    { verb: 'return', label: label('return'), icon: <RollbackOutlined />, run: () => setOpen('return') },
    { verb: 'end', label: label('end'), icon: <StopOutlined />, danger: true, run: () => setOpen('end') },
    {
      verb: 'withdraw',
      label: label('withdraw'),
      icon: <DeleteOutlined />,
      danger: true,
      run: () => setOpen('withdraw'),
    },
  ]
  const reasoned = open === 'withdraw' || open === 'end' || open === 'return' ? open : null
  return (
    <div className="page">
      <PageHead
        title={rebate.number}
        tags={
          <>
            <RebateStatusTag status={rebate.status} />
            <Link className="soft" to={`/customers/${rebate.customer.id}`}>
              {rebate.customer.name}
            </Link>
          </>
        }
      >
        <ActionBar actions={rebate.actions} verbs={verbs} busy={approve.isPending ? 'approve' : null} />
      </PageHead>
      <Notes rebate={rebate} />
      <div className="with-rail">
        <div className="rail">
          <Overview rebate={rebate} />
          <Tiers rebate={rebate} />
        </div>
        <div className="main-column">
          <Accrued rebate={rebate} />
          {rebate.settlement && <Settlement rebate={rebate} />}
          <Invoices rebate={rebate} />
        </div>
      </div>
      <Suspense fallback={null}>
        {open === 'edit' && <RebateForm rebate={rebate} onClose={close} />}
        {open === 'propose' && (
          <ProposeDialog rebate={rebate} busy={propose.isPending} onSubmit={to => propose.mutate(to)} onClose={close} />
        )}
        {open === 'settle' && (
          <SettleDialog
            rebate={rebate}
            busy={settle.isPending}
            error={settle.error ? problemText(settle.error) : null}
            onSubmit={given => settle.mutate(given)}
            onClose={close}
          />
        )}
      </Suspense>
      {reasoned && (
        <ReasonDialog
          title={`${label(reasoned)} ${rebate.number}`}
          confirm={label(reasoned)}
          consequences={[t(`rebate:follows.${reasoned}`)]}
          danger={reasoned !== 'return'}
          busy={reasons[reasoned].isPending}
          onSubmit={reason => reasons[reasoned].mutate({ reason })}
          onClose={close}
        />
      )}
    </div>
  )
}

function Notes({ rebate }: { rebate: Rebate }) {
  const { t } = useTranslation()
  const note = (title: ReactNode) => <Alert type="info" showIcon className="gap-below" title={title} />
  return (
    <>
      {rebate.status === 'draft' && note(t('rebate:draft_note'))}
      {rebate.status === 'proposed' && note(t('rebate:proposed_note'))}
      {rebate.end_reason && note(t('rebate:ended_note', { why: rebate.end_reason }))}
      {rebate.return_reason && note(t('rebate:returned_note', { why: rebate.return_reason }))}
    </>
  )
}

function Overview({ rebate }: { rebate: Rebate }) {
  const { t } = useTranslation()
  const label = (name: string) => t(`rebate:field.${name}`)
  return (
    <Card title={t('rebate:overview')}>
      <Facts
        items={[
          { label: label('period'), value: `${rebate.valid_from} – ${rebate.valid_to}`, wide: true },
          { label: label('basis'), value: t(`rebate:basis.${rebate.basis}`) },
          { label: label('currency'), value: rebate.currency },
          {
            label: label('products'),
            wide: true,
            value:
              rebate.products.length === 0 ? t('rebate:all_products') : <ProductLinks products={rebate.products} />,
          },
        ]}
      />
    </Card>
  )
}

function Tiers({ rebate }: { rebate: Rebate }) {
  const { t } = useTranslation()
  const amount = rebate.basis === 'amount'
  const gives = (tier: Rebate['tiers'][number]) =>
    tier.percent ? formatRate(tier.percent) : tier.per_unit ? formatMoney(tier.per_unit) : ''
  return (
    <Card title={t('rebate:field.tiers')} flush>
      <LineTable
        label={t('rebate:field.tiers')}
        rows={rebate.tiers}
        rowKey={tier => tier.from}
        rowClass={tier => (rebate.tiers.indexOf(tier) === rebate.tier - 1 ? 'strong' : undefined)}
        columns={[
          {
            id: 'from',
            label: t(`rebate:from.${rebate.basis}`),
            main: true,
            render: (tier, place) => (
              <>
                {amount ? formatMoney({ amount: tier.from, currency: rebate.currency }) : trim(tier.from)}
                {place === rebate.tier - 1 && <span className="soft"> · {t('rebate:reached')}</span>}
              </>
            ),
          },
          { id: 'gives', label: t(`rebate:gives.${rebate.basis}`), end: true, render: gives },
        ]}
      />
      <div className="card-body soft">{t(rebate.whole ? 'rebate:whole' : 'rebate:marginal')}</div>
    </Card>
  )
}

function Accrued({ rebate }: { rebate: Rebate }) {
  const { t } = useTranslation()
  const label = (name: string) => t(`rebate:field.${name}`)
  const missing = rebate.missing
  const lacks = missing && (missing.amount ? formatMoney(missing.amount) : trim(missing.quantity ?? '0'))
  return (
    <Card title={t('rebate:accrued')}>
      <Facts
        items={[
          { label: label('turnover_amount'), value: <span className="num">{formatMoney(rebate.turnover)}</span> },
          { label: label('quantity'), value: <span className="num">{trim(rebate.quantity)}</span> },
          { label: label('tier'), value: `${rebate.tier} / ${rebate.tier_count}` },
          {
            label: label('rebate'),
            value: (
              <span className="num strong">{rebate.rebate ? formatMoney(rebate.rebate) : t('rebate:too_large')}</span>
            ),
          },
          {
            label: label('missing'),
            wide: true,
            value: lacks ? t('rebate:missing', { what: lacks }) : t('rebate:last_tier'),
          },
        ]}
      />
    </Card>
  )
}

function Settlement({ rebate }: { rebate: Rebate }) {
  const { t } = useTranslation()
  const settlement = rebate.settlement
  if (!settlement) return null
  const settled = rebate.status === 'settled'
  return (
    <Card
      title={t(settled ? 'rebate:settlement' : 'rebate:proposal')}
      extra={<span className="num strong">{formatMoney(settlement.amount)}</span>}
      flush
    >
      <LineTable
        label={t('rebate:settlement')}
        rows={settlement.orders}
        rowKey={order => order.id}
        empty={t('rebate:no_orders')}
        columns={[
          {
            id: 'order',
            label: t('rebate:field.order'),
            main: true,
            render: order => <Link to={`/orders/${order.id}`}>{order.number}</Link>,
          },
          { id: 'payment', label: t('rebate:field.payment'), render: order => order.payment ?? '—' },
          {
            id: 'credited',
            label: t('rebate:field.credited'),
            end: true,
            render: order => (order.amount ? formatMoney(order.amount) : '—'),
          },
        ]}
      />
      <div className="card-body soft">
        {settlement.pay_rest && !settled && <p>{t('rebate:will_pay_rest')}</p>}
        {!isZero(settlement.paid.amount) && (
          <p>{t('rebate:paid', { amount: formatMoney(settlement.paid), reference: settlement.reference })}</p>
        )}
        {settlement.settled_at && (
          <p>
            {t('rebate:settled_at')} <When instant={settlement.settled_at} exact />
          </p>
        )}
      </div>
    </Card>
  )
}

function Invoices({ rebate }: { rebate: Rebate }) {
  const { t } = useTranslation()
  return (
    <Card title={t('rebate:invoices', { count: rebate.invoices.length })} flush>
      <LineTable
        label={t('rebate:field.invoice')}
        rows={rebate.invoices}
        rowKey={invoice => invoice.id}
        empty={t('rebate:no_invoices')}
        columns={[
          {
            id: 'number',
            label: t('rebate:field.invoice'),
            main: true,
            render: invoice => <Link to={`/invoices/${invoice.id}`}>{invoice.number}</Link>,
          },
          { id: 'day', label: t('rebate:field.issued_on'), render: invoice => invoice.issued_on ?? '—' },
          { id: 'quantity', label: t('rebate:field.quantity'), end: true, render: invoice => trim(invoice.quantity) },
          { id: 'amount', label: t('rebate:field.amount'), end: true, render: invoice => formatMoney(invoice.amount) },
        ]}
      />
    </Card>
  )
}

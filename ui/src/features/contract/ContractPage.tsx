/** One contract: what it says, what was called off and remains, the orders behind it, and what may be done with it now. */
import {
  CheckOutlined,
  DownOutlined,
  EditOutlined,
  PaperClipOutlined,
  RightOutlined,
  RollbackOutlined,
  StopOutlined,
} from '@ant-design/icons'
import { Alert, Button } from 'antd'
import { Fragment, lazy, type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useParams } from 'react-router'
import { ActionBar, type Verb } from '@/components/ActionBar'
import { Card } from '@/components/Card'
import { ErrorState } from '@/components/ErrorState'
import { Facts } from '@/components/Facts'
import { OrderStatusTag } from '@/components/OrderStatusTag'
import { PageHead } from '@/components/PageHead'
import { PageSkeleton } from '@/components/PageSkeleton'
import { ReasonDialog } from '@/components/ReasonDialog'
import { TableBox } from '@/components/TableBox'
import { address } from '@/lib/api/client'
import type { Contract, ContractCall, ContractLine, ContractVerb } from '@/lib/api/types'
import { formatInstant, formatMoney, formatQuantity, formatRate, formatUnitPrice } from '@/lib/format'
import { useContract, useContractStep } from './queries'
import { CallBar, ContractStatusTag, LastDay } from './tags'
import './contract.css'

const End = lazy(() => import('./end'))
const Attach = lazy(() => import('./attach'))

export function ContractPage() {
  const { id = '' } = useParams()
  const query = useContract(id)
  if (query.isPending) return <PageSkeleton />
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  return <Loaded key={query.data.id} contract={query.data} />
}

function Loaded({ contract }: { contract: Contract }) {
  const { t } = useTranslation()
  const { verbs, dialog, busy } = useVerbs(contract)
  return (
    <div className="page">
      <PageHead
        title={contract.number}
        tags={
          <>
            <ContractStatusTag status={contract.status} />
            <span className="soft">{contract.title}</span>
          </>
        }
      >
        <ActionBar actions={contract.actions} verbs={verbs} busy={busy} />
      </PageHead>
      <div className="contract-notes">
        {contract.status === 'draft' && <Alert type="info" showIcon title={t('contract:draft_note')} />}
        {contract.status === 'expired' && contract.remaining_lines > 0 && (
          <Alert type="warning" showIcon title={t('contract:expired_note', { count: contract.remaining_lines })} />
        )}
        {contract.status === 'ended' && contract.end_reason && (
          <Alert type="info" showIcon title={t('contract:ended_note', { why: contract.end_reason })} />
        )}
      </div>
      <div className="with-rail contract-page">
        <div className="rail">
          <Course contract={contract} />
        </div>
        <div className="main-column">
          <Overview contract={contract} />
          <Lines contract={contract} />
          {contract.other_orders.length > 0 && (
            <Card title={t('contract:other_orders')} flush>
              <Calls calls={contract.other_orders} plain />
            </Card>
          )}
        </div>
      </div>
      {dialog}
    </div>
  )
}

function Overview({ contract }: { contract: Contract }) {
  const { t } = useTranslation()
  const binds = (term: string) =>
    contract.binding.some(known => known === term) && <span className="soft"> · {t('contract:binds')}</span>
  const days = (count: number | null) => (count === null ? null : t('contract:days', { count }))
  const text = (value: string) => value && <span className="pre">{value}</span>
  return (
    <Card title={t('contract:overview')}>
      <Facts
        items={[
          {
            label: t('contract:field.customer'),
            value: <Link to={`/customers/${contract.customer.id}`}>{contract.customer.name}</Link>,
          },
          { label: t('contract:field.customer_ref'), value: contract.customer_ref },
          {
            label: t('contract:field.period'),
            value: (
              <>
                {contract.valid_from} – <LastDay {...contract} />
                {binds('period')}
              </>
            ),
          },
          {
            label: t('contract:field.settlement'),
            value: contract.settlement && (
              <>
                {t(`order:settlement.${contract.settlement}`)}
                {binds('settlement')}
              </>
            ),
          },
          {
            label: t('contract:field.deposit_rate'),
            value: contract.deposit_rate && (
              <>
                {formatRate(contract.deposit_rate)}
                {binds('deposit')}
              </>
            ),
          },
          {
            label: t('contract:field.credit_days'),
            value: contract.credit_days !== null && (
              <>
                {days(contract.credit_days)}
                {binds('credit_days')}
              </>
            ),
          },
          {
            label: t('contract:field.lead_days'),
            value: contract.lead_days !== null && (
              <>
                {days(contract.lead_days)}
                {binds('lead_time')}
              </>
            ),
          },
          {
            label: t('contract:field.currency'),
            value: `${contract.currency} ${t(contract.tax_inclusive ? 'contract:with_tax' : 'contract:without_tax')}`,
          },
          { label: t('contract:field.credit_terms'), value: text(contract.credit_terms), wide: true },
          { label: t('contract:field.delivery_terms'), value: text(contract.delivery_terms), wide: true },
          { label: t('contract:field.terms'), value: text(contract.terms), wide: true },
        ].filter(fact => fact.value)}
      />
    </Card>
  )
}

function Lines({ contract }: { contract: Contract }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<number | null>(null)
  if (contract.lines.length === 0) return null
  return (
    <Card title={t('contract:lines')} flush>
      <TableBox label={t('contract:lines')}>
        <table className="table contract-lines">
          <thead>
            <tr>
              <th scope="col">{t('contract:field.product')}</th>
              <th scope="col" className="num">
                {t('contract:field.unit_price')} {contract.currency}
              </th>
              <th scope="col" className="num">
                {t('contract:field.quantity')}
              </th>
              <th scope="col">{t('contract:field.called_remaining')}</th>
              <th scope="col">{t('contract:field.orders')}</th>
            </tr>
          </thead>
          <tbody>
            {contract.lines.map(line => (
              <Fragment key={line.line_no}>
                <LineRow
                  line={line}
                  open={open === line.line_no}
                  onToggle={() => setOpen(open === line.line_no ? null : line.line_no)}
                />
                {open === line.line_no && (
                  <tr>
                    <td colSpan={5} className="contract-calls-cell">
                      <Calls calls={line.calls} />
                    </td>
                  </tr>
                )}
              </Fragment>
            ))}
          </tbody>
        </table>
      </TableBox>
    </Card>
  )
}

function LineRow({ line, open, onToggle }: { line: ContractLine; open: boolean; onToggle: () => void }) {
  const { t } = useTranslation()
  return (
    <tr>
      <td>
        <div>{line.product.name}</div>
        <div className="soft">{`${line.product.code} ${line.spec}`.trim()}</div>
        {line.note && <div className="soft">{line.note}</div>}
      </td>
      <td className="num">
        {formatUnitPrice(line.unit_price)}
        <span className="soft"> / {line.unit}</span>
      </td>
      <td className="num">
        {line.quantity ? formatQuantity(line.quantity) : <span className="soft">{t('contract:price_only')}</span>}
      </td>
      <td>
        {line.called && line.remaining ? (
          <CallBar called={line.called} remaining={line.remaining} percent={line.called_percent ?? 0} />
        ) : (
          <span className="soft">–</span>
        )}
      </td>
      <td>
        {line.calls.length === 0 ? (
          <span className="soft">{t('contract:no_orders')}</span>
        ) : (
          <Button
            type="text"
            size="small"
            icon={open ? <DownOutlined /> : <RightOutlined />}
            aria-expanded={open}
            onClick={onToggle}
          >
            {t('contract:order_lines', { count: line.calls.length })}
          </Button>
        )}
      </td>
    </tr>
  )
}

/** The order lines behind a line of the contract, newest first. */
function Calls({ calls, plain }: { calls: ContractCall[]; plain?: boolean }) {
  const { t } = useTranslation()
  return (
    <TableBox label={t('contract:field.orders')}>
      <table className="table contract-calls">
        <thead>
          <tr>
            <th scope="col">{t('contract:field.order')}</th>
            <th scope="col">{t('contract:field.status')}</th>
            <th scope="col">{t('contract:field.ordered_on')}</th>
            {!plain && (
              <>
                <th scope="col" className="num">
                  {t('contract:field.called')}
                </th>
                <th scope="col" className="num">
                  {t('contract:field.shipped')}
                </th>
              </>
            )}
            <th scope="col" className="num">
              {t('contract:field.gross')}
            </th>
          </tr>
        </thead>
        <tbody>
          {calls.map(call => (
            <tr key={`${call.order.id}-${call.line_no}`}>
              <td>
                <Link to={`/orders/${call.order.id}`}>{call.order.number || t('order:no_number')}</Link>
                <span className="soft"> · {call.line_no}</span>
              </td>
              <td>
                <OrderStatusTag status={call.status} held={false} brief />
              </td>
              <td>{call.ordered_on}</td>
              {!plain && (
                <>
                  <td className="num">{formatQuantity(call.called)}</td>
                  <td className="num">{formatQuantity(call.shipped)}</td>
                </>
              )}
              <td className="num">{formatMoney(call.gross)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableBox>
  )
}

/** Who did what, and when; and the signed file. */
function Course({ contract }: { contract: Contract }) {
  const { t } = useTranslation()
  const who = (by: { name: string } | null, at: string | null) => (by && at ? `${by.name} ${formatInstant(at)}` : null)
  const { file } = contract
  return (
    <Card title={t('contract:course')}>
      <Facts
        items={[
          {
            label: t('contract:field.file'),
            value: file ? (
              <a href={address(`/attachments/${file.id}/content`, { inline: true })} target="_blank" rel="noreferrer">
                <PaperClipOutlined /> {file.filename}
              </a>
            ) : (
              <span className="soft">{t('contract:not_signed')}</span>
            ),
            wide: true,
          },
          {
            label: t('contract:field.created_by'),
            value: who(contract.created_by, contract.created_at),
            wide: true,
          },
          {
            label: t('contract:field.enforced_by'),
            value: who(contract.enforced_by, contract.enforced_at),
            wide: true,
          },
          { label: t('contract:field.ended_by'), value: who(contract.ended_by, contract.ended_at), wide: true },
        ].filter(fact => fact.value)}
      />
    </Card>
  )
}

const LOOKS: { verb: ContractVerb; icon: ReactNode; danger?: boolean; quiet?: boolean }[] = [
  { verb: 'enforce', icon: <CheckOutlined /> },
  { verb: 'edit', icon: <EditOutlined />, quiet: true },
  { verb: 'attach', icon: <PaperClipOutlined />, quiet: true },
  { verb: 'end', icon: <StopOutlined />, danger: true },
  { verb: 'withdraw', icon: <RollbackOutlined />, danger: true },
]

/** The buttons of a contract, and the dialog that is open. */
function useVerbs(contract: Contract): { verbs: Verb[]; dialog: ReactNode; busy: string | null } {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [open, setOpen] = useState<ContractVerb | null>(null)
  const close = () => setOpen(null)
  const enforce = useContractStep<object>(contract, 'enforce')
  const withdraw = useContractStep<{ reason: string }>(contract, 'withdraw', close)
  const run = (verb: ContractVerb) => {
    if (verb === 'edit') void navigate(`/contracts/${contract.id}/edit`)
    else if (verb === 'enforce') enforce.mutate({})
    else setOpen(verb)
  }
  const verbs = LOOKS.map(look => ({ ...look, label: t(`contract:verb.${look.verb}`), run: () => run(look.verb) }))
  const dialog = (
    <>
      {open === 'withdraw' && (
        <ReasonDialog
          title={`${t('contract:verb.withdraw')} ${contract.number}`}
          confirm={t('contract:verb.withdraw')}
          consequences={[t('contract:follows.withdraw')]}
          busy={withdraw.isPending}
          onSubmit={reason => withdraw.mutate({ reason })}
          onClose={close}
        />
      )}
      <Suspense fallback={null}>
        {open === 'end' && <End contract={contract} onClose={close} />}
        {open === 'attach' && <Attach contract={contract} onClose={close} />}
      </Suspense>
    </>
  )
  return { verbs, dialog, busy: enforce.isPending ? 'enforce' : null }
}

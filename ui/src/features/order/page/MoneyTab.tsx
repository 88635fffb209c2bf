import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Card } from '@/components/Card'
import { StateTag } from '@/components/StateTag'
import { TableBox } from '@/components/TableBox'
import type { Invoice, Money, Order, Tone } from '@/lib/api/types'
import { compare, isZero, share, subtract } from '@/lib/decimal'
import { daysUntil, formatAmount, formatDate, formatMoney, formatRate, formatSigned } from '@/lib/format'
import { MarginCard } from '../MarginCard'
import type { OrderPageParts } from './OrderPage'

/** What is owed and why, what is billed, what is paid. */
export function MoneyTab({ order, parts }: { order: Order; parts: OrderPageParts }) {
  return (
    <div className="stack">
      <div className="two-columns">
        <Breakdown order={order} />
        <Progress order={order} />
      </div>
      {order.margin && <MarginCard margin={order.margin} />}
      <Invoices order={order} parts={parts} />
      <Payments order={order} parts={parts} />
    </div>
  )
}

function Breakdown({ order }: { order: Order }) {
  const { t } = useTranslation()
  const rows: [string, string, Money, boolean][] = [
    ['goods', '', order.goods, false],
    ['freight', '', order.freight, false],
    ['discount', '−', order.discount, false],
    ['net', '', order.net, false],
    ['tax', '', order.tax, false],
    ['payable', '', order.payable, true],
  ]
  const shown = ([key, sign, money, strong]: (typeof rows)[number]) => (
    <tr key={key} className={strong ? 'strong' : undefined}>
      <td>{t(`order:money.${key}`)}</td>
      <td className="num">
        {isZero(money.amount) ? '' : sign}
        {formatMoney(money)}
      </td>
    </tr>
  )
  return (
    <Card
      title={t('order:money.payable')}
      extra={
        <span className="soft">
          {t(order.tax_inclusive ? 'order:money.inclusive' : 'order:money.exclusive')} ·{' '}
          {t(`order:money.tax_rounding.${order.tax_rounding}`)}
        </span>
      }
      flush
    >
      <table className="table">
        <tbody>
          {rows.slice(0, 3).map(shown)}
          {order.charges.map((charge, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: charges have no other name than their place
            <tr key={place}>
              <td>
                {charge.name}
                <span className="soft">
                  {charge.name !== charge.kind_name && ` ${charge.kind_name}`}
                  {charge.percent !== null && ` ${formatRate(charge.percent)}`} · {t('order:line.tax_rate')}{' '}
                  {formatRate(charge.tax_rate)}
                </span>
              </td>
              <td className="num">
                {charge.allowance && !isZero(charge.amount.amount) ? '−' : ''}
                {formatMoney(charge.amount)}
              </td>
            </tr>
          ))}
          {rows.slice(3).map(shown)}
          {order.books_payable && (
            <tr className="soft">
              <td>
                {t('order:money.books_payable')} · {t('order:money.exchange_rate')} {order.exchange_rate}
              </td>
              <td className="num">{formatMoney(order.books_payable)}</td>
            </tr>
          )}
        </tbody>
      </table>
    </Card>
  )
}

const COLOURS: Record<string, string> = {
  open: 'var(--risk)',
  deposit_due: 'var(--risk)',
  refund_due: 'var(--late)',
  paid: 'var(--done)',
  deposit_received: 'var(--done)',
}

function Progress({ order }: { order: Order }) {
  const { t } = useTranslation()
  const rows: [string, Money][] = [
    ['deposit', order.deposit],
    ...(isZero(order.deposit.amount)
      ? []
      : ([
          ['deposit_received', order.deposit_received],
          ['deposit_due', order.deposit_due],
        ] satisfies [string, Money][])),
    ['billed', order.billed],
    ['paid', order.paid],
    ...(isZero(order.refund_due.amount)
      ? ([['open', order.open]] satisfies [string, Money][])
      : ([['refund_due', order.refund_due]] satisfies [string, Money][])),
  ]
  return (
    <Card
      title={t(`order:settlement.${order.settlement}`)}
      extra={
        order.prepayment ? (
          <span className="row">
            <span className="soft">{formatRate(order.prepayment.share)}</span>
            <Link to={`/orders/${order.id}/prepayment`}>{t('order:prepayment.title')}</Link>
          </span>
        ) : (
          <span className="soft">{formatRate(order.deposit_rate)}</span>
        )
      }
    >
      <dl className="bars">
        {rows.map(([key, money]) => (
          <div key={key}>
            <dt>{t(`order:money.${key}`)}</dt>
            <dd className="mono">{formatMoney(money)}</dd>
            <div className="credit-bar" aria-hidden="true">
              <i
                style={{
                  width: `${share(money.amount, order.payable.amount) * 100}%`,
                  background: COLOURS[key] ?? 'var(--going)',
                }}
              />
            </div>
          </div>
        ))}
      </dl>
    </Card>
  )
}

function toneOf(invoice: Invoice): Tone {
  if (invoice.status === 'paid') return 'done'
  if (invoice.status === 'void') return 'idle'
  return daysUntil(invoice.due_on) < 0 ? 'late' : 'going'
}

function Invoices({ order, parts }: { order: Order; parts: OrderPageParts }) {
  const { t } = useTranslation()
  return (
    <Card title={t('order-step:documents.invoices')} flush>
      {order.invoices.length === 0 ? (
        <p className="soft card-body">{t('order-step:documents.none_invoices')}</p>
      ) : (
        <TableBox label={t('order-step:documents.invoices')}>
          <table className="table">
            <thead>
              <tr>
                <th>{t('order:field.number')}</th>
                <th>{t('order:field.status')}</th>
                <th>{t('order:invoice.kind')}</th>
                <th>{t('order:invoice.issued_on')}</th>
                <th>{t('order:invoice.due_on')}</th>
                <th className="num">
                  {t('order:line.gross')} {order.currency}
                </th>
                <th className="num">{t('order:money.open')}</th>
                {parts.invoiceActions && <td />}
              </tr>
            </thead>
            <tbody>
              {order.invoices.map(invoice => (
                <tr key={invoice.id}>
                  <td>
                    <Link to={`/invoices/${invoice.id}`}>{invoice.number}</Link>
                  </td>
                  <td>
                    <StateTag tone={toneOf(invoice)}>{t(`order:invoice_status.${invoice.status}`)}</StateTag>
                  </td>
                  <td>{t(`order:invoice_kind.${invoice.kind}`)}</td>
                  <td>{formatDate(invoice.issued_on)}</td>
                  <td className={toneOf(invoice) === 'late' ? 'ink-late strong' : undefined}>
                    {formatDate(invoice.due_on)}
                  </td>
                  <td className="num">{formatAmount(invoice.gross)}</td>
                  <td className="num">{formatAmount(invoice.open)}</td>
                  {parts.invoiceActions && <td className="num">{parts.invoiceActions(invoice)}</td>}
                </tr>
              ))}
            </tbody>
          </table>
        </TableBox>
      )}
    </Card>
  )
}

function Payments({ order, parts }: { order: Order; parts: OrderPageParts }) {
  const { t } = useTranslation()
  return (
    <Card title={t('order-step:documents.payments')} flush>
      {order.payments.length === 0 ? (
        <p className="soft card-body">{t('order-step:documents.none_payments')}</p>
      ) : (
        <TableBox label={t('order-step:documents.payments')}>
          <table className="table">
            <thead>
              <tr>
                <th>{t('order:field.number')}</th>
                <th>{t('order-step:payment.date')}</th>
                <th>{t('order-step:payment.method')}</th>
                <th>{t('order-step:payment.reference')}</th>
                <th className="num">
                  {t('order-step:payment.amount')} {order.currency}
                </th>
                {parts.paymentActions && <td />}
              </tr>
            </thead>
            <tbody>
              {order.payments.map(payment => {
                const loose = subtract(payment.amount.amount, payment.allocated.amount)
                return (
                  <tr key={payment.id}>
                    <td>
                      <Link to={`/payments/${payment.id}`}>{payment.number}</Link>
                    </td>
                    <td>{formatDate(payment.paid_on)}</td>
                    <td>{t(`order:payment_method.${payment.method}`)}</td>
                    <td>
                      {payment.reference}
                      {payment.note && <span className="soft"> {payment.note}</span>}
                    </td>
                    <td className="num">
                      {formatAmount(payment.amount)}
                      {compare(payment.amount.amount, '0') < 0 && (
                        <div className="soft">{t('order-step:payment.refund')}</div>
                      )}
                      {payment.reversed && <div className="ink-late">{t('order-step:payment.reversed')}</div>}
                      {!payment.reversed && payment.exchange_difference && (
                        <div className="soft">
                          {t('order-step:payment.at_rate', { rate: payment.exchange_rate })}{' '}
                          {formatSigned(payment.exchange_difference)}
                        </div>
                      )}
                      {!payment.reversed && compare(loose, '0') > 0 && (
                        <div className="soft">
                          {t('order-step:payment.unallocated', {
                            amount: formatMoney({ amount: loose, currency: order.currency }),
                          })}
                        </div>
                      )}
                    </td>
                    {parts.paymentActions && <td className="num">{parts.paymentActions(payment)}</td>}
                  </tr>
                )
              })}
              {order.exchange_difference && (
                <tr>
                  <td colSpan={4} className="soft">
                    {t('order-step:payment.exchange_difference')}
                  </td>
                  <td className="num">{formatSigned(order.exchange_difference)}</td>
                  {parts.paymentActions && <td />}
                </tr>
              )}
            </tbody>
          </table>
        </TableBox>
      )}
    </Card>
  )
}

import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Card } from '@/components/Card'
import { EmptyState } from '@/components/EmptyState'
import { ErrorState } from '@/components/ErrorState'
import { Facts } from '@/components/Facts'
import { PageSkeleton } from '@/components/PageSkeleton'
import { StateTag } from '@/components/StateTag'
import { isZero } from '@/lib/decimal'
import { formatDate, formatMoney } from '@/lib/format'
import { Documents } from './Documents'
import { useAccount } from './queries'

/** What is to be paid, and when. */
export default function AccountPage() {
  const { t } = useTranslation()
  const account = useAccount()
  if (account.isError) return <ErrorState error={account.error} onRetry={() => void account.refetch()} />
  if (!account.data) return <PageSkeleton />
  const { invoices, open, overdue, unallocated, today } = account.data
  return (
    <div className="portal-page">
      <h1>{t('portal:nav.account')}</h1>
      <Card title={t('portal:to_pay')}>
        <Facts
          items={[
            { label: t('portal:open_invoices'), value: <strong className="portal-total">{formatMoney(open)}</strong> },
            {
              label: t('portal:overdue'),
              value: isZero(overdue.amount) ? undefined : <StateTag tone="late">{formatMoney(overdue)}</StateTag>,
            },
            {
              label: t('portal:unallocated'),
              value: isZero(unallocated.amount) ? undefined : formatMoney(unallocated),
            },
          ].filter(item => item.value)}
        />
      </Card>
      {invoices.length === 0 ? (
        <EmptyState title={t('portal:nothing_to_pay')} text={t('portal:nothing_to_pay_text')} />
      ) : (
        <Card title={t('portal:open_invoices')} flush>
          <ul className="portal-rows">
            {invoices.map(invoice => (
              <li key={invoice.number}>
                <span className="grow">
                  <strong>{invoice.number}</strong>
                  <span className="soft portal-block">
                    <Link to={`/portal/orders/${invoice.order.id}`}>{invoice.order.number}</Link> ·{' '}
                    {t('portal:issued', { date: formatDate(invoice.issued_on) })}
                  </span>
                  <span className="portal-block">
                    {invoice.due_on < today ? (
                      <StateTag tone="late">{t('portal:due', { date: formatDate(invoice.due_on) })}</StateTag>
                    ) : (
                      <span className="soft">{t('portal:due', { date: formatDate(invoice.due_on) })}</span>
                    )}
                  </span>
                </span>
                <span className="portal-figures">
                  <strong>{formatMoney(invoice.open)}</strong>
                  {invoice.open.amount !== invoice.gross.amount && (
                    <span className="soft portal-block">{t('portal:of', { gross: formatMoney(invoice.gross) })}</span>
                  )}
                </span>
              </li>
            ))}
          </ul>
        </Card>
      )}
      <Documents documents={account.data.documents} />
    </div>
  )
}

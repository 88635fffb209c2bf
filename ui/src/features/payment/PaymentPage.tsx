import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { Card } from '@/components/Card'
import { ErrorState } from '@/components/ErrorState'
import { Facts } from '@/components/Facts'
import { PageHead } from '@/components/PageHead'
import { PageSkeleton } from '@/components/PageSkeleton'
import { get } from '@/lib/api/client'
import type { Payment } from '@/lib/api/types'
import { subtract } from '@/lib/decimal'
import { formatDate, formatMoney, formatSigned } from '@/lib/format'
import { PaymentTag } from './PaymentTag'
import { ReversePayment } from './reverse'

/** A payment: what came, for which order, and how much of it has found its invoices. */
export function PaymentPage() {
  const { id = '' } = useParams()
  const found = useQuery({ queryKey: ['payments', 'one', id], queryFn: () => get<Payment>(`/payments/${id}`) })
  if (found.isError) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />
  if (!found.data) return <PageSkeleton />
  return <Content payment={found.data} />
}

function Content({ payment }: { payment: Payment }) {
  const { t } = useTranslation()
  const { amount, allocated } = payment
  const loose = { amount: subtract(amount.amount, allocated.amount), currency: amount.currency }
  return (
    <div className="page">
      <PageHead title={`${t('payment:title')} ${payment.number}`} tags={<PaymentTag payment={payment} />}>
        <ReversePayment payment={payment} />
      </PageHead>
      <Card>
        <Facts
          items={[
            {
              label: t('payment:field.amount'),
              value: <span className={payment.reversed ? 'struck' : 'strong'}>{formatMoney(amount)}</span>,
            },
            { label: t('payment:field.allocated'), value: formatMoney(allocated) },
            { label: t('payment:field.unallocated'), value: payment.reversed ? '–' : formatMoney(loose) },
            { label: t('payment:field.method'), value: t(`order:payment_method.${payment.method}`) },
            { label: t('payment:field.paid_on'), value: formatDate(payment.paid_on) },
            ...(payment.exchange_rate
              ? [
                  { label: t('payment:field.exchange_rate'), value: payment.exchange_rate },
                  { label: t('payment:field.books_amount'), value: formatMoney(payment.books_amount) },
                  { label: t('payment:field.exchange_difference'), value: formatSigned(payment.exchange_difference) },
                ]
              : []),
            { label: t('payment:field.reference'), value: payment.reference },
            {
              label: t('payment:field.customer'),
              value: <Link to={`/customers/${payment.customer.id}`}>{payment.customer.name}</Link>,
            },
            {
              label: t('payment:field.order'),
              value: <Link to={`/orders/${payment.order.id}?tab=money`}>{payment.order.number}</Link>,
            },
            { label: t('payment:field.note'), value: payment.note, wide: true },
            ...(payment.reverse_reason
              ? [{ label: t('common:reason'), value: payment.reverse_reason, wide: true }]
              : []),
          ]}
        />
      </Card>
    </div>
  )
}

/** The request for money in advance on paper (预付款通知单), A4: what is asked, what has arrived, what is open. */
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { EmptyState } from '@/components/EmptyState'
import { ErrorState } from '@/components/ErrorState'
import { PageSkeleton } from '@/components/PageSkeleton'
import { Paper, type PaperFact } from '@/components/Paper'
import type { Order, Prepayment } from '@/lib/api/types'
import { isZero } from '@/lib/decimal'
import { formatDate, formatMoney, formatRate, isoDate } from '@/lib/format'
import { useOrder } from './queries'

export function PrepaymentPage() {
  const { id = '' } = useParams()
  const { t } = useTranslation()
  const found = useOrder(id)
  if (found.isError) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />
  if (!found.data) return <PageSkeleton />
  const { prepayment } = found.data
  if (!prepayment) return <EmptyState title={t('prepayment:none')} />
  return <Request order={found.data} prepayment={prepayment} />
}

function Request({ order, prepayment }: { order: Order; prepayment: Prepayment }) {
  const { t } = useTranslation()
  const facts: PaperFact[] = [
    [t('prepayment:customer'), order.customer.name],
    [t('prepayment:order'), order.number || t('order:no_number')],
    [t('prepayment:contact'), [order.contact_name, order.contact_phone].filter(Boolean).join(' ')],
    [t('prepayment:ordered_on'), formatDate(order.ordered_on)],
    [t('prepayment:customer_po'), order.customer_po],
    [t('prepayment:issued_on'), formatDate(isoDate(new Date()))],
  ]
  return (
    <Paper
      title={t('prepayment:title')}
      number={order.number}
      heading={`${t('prepayment:title')} ${order.number}`}
      printLabel={t('prepayment:print')}
      facts={facts}
      signs={[t('prepayment:sign_seller'), t('prepayment:sign_date')]}
    >
      <p className="paper-remark">{t('prepayment:text')}</p>
      <Amounts order={order} prepayment={prepayment} />
      <p className="paper-remark">
        {isZero(prepayment.open.amount) ? t('prepayment:settled') : t('prepayment:remark')}
      </p>
    </Paper>
  )
}

function Amounts({ order, prepayment }: { order: Order; prepayment: Prepayment }) {
  const { t } = useTranslation()
  const due = prepayment.due_on ? t('prepayment:by', { date: formatDate(prepayment.due_on) }) : t('prepayment:due_none')
  const rows: [string, string | null][] = [
    ['payable', formatMoney(order.payable)],
    ['share', formatRate(prepayment.share)],
    ['asked', formatMoney(prepayment.asked)],
    ['capital', prepayment.asked_capital ?? null],
    ['received', formatMoney(prepayment.received)],
    ['open', formatMoney(prepayment.open)],
    ['due', due],
  ]
  return (
    <table className="paper-lines">
      <tbody>
        {rows
          .filter(([, value]) => value)
          .map(([key, value]) => (
            <tr key={key}>
              <th scope="row">{t(`prepayment:${key}`)}</th>
              <td className="num">{key === 'asked' || key === 'open' ? <strong>{value}</strong> : value}</td>
            </tr>
          ))}
      </tbody>
    </table>
  )
}

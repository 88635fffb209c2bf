import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { EmptyState } from '@/components/EmptyState'
import { ErrorState } from '@/components/ErrorState'
import { PageSkeleton } from '@/components/PageSkeleton'
import { StateTag } from '@/components/StateTag'
import type { Tone } from '@/lib/api/types'
import { formatDate, formatMoney } from '@/lib/format'
import { useQuotations } from './queries'
import type { PortalQuotationRow } from './types'

const TONES: Record<PortalQuotationRow['status'], Tone> = {
  sent: 'going',
  accepted: 'done',
  declined: 'idle',
  superseded: 'idle',
  withdrawn: 'idle',
  expired: 'risk',
  closed: 'idle',
}

/** The quotations that the customer was sent, the newest first. */
export default function QuotationsPage() {
  const { t } = useTranslation()
  return (
    <div className="portal-page">
      <h1>{t('portal:nav.quotations')}</h1>
      <Rows />
    </div>
  )
}

function Rows() {
  const { t } = useTranslation()
  const found = useQuotations()
  if (found.isError) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />
  if (!found.data) return <PageSkeleton />
  const rows = found.data.pages.flatMap(page => page.items)
  if (rows.length === 0) {
    return (
      <EmptyState title={t('portal:quotations.none')} text={t('portal:quotations.none_text')}>
        <Link to="/portal/messages">{t('portal:nav.messages')}</Link>
      </EmptyState>
    )
  }
  return (
    <>
      <ul className="portal-list">
        {rows.map(row => (
          <Row key={row.id} row={row} />
        ))}
      </ul>
      {found.hasNextPage && (
        <Button block loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t('portal:load_more')}
        </Button>
      )}
    </>
  )
}

function Row({ row }: { row: PortalQuotationRow }) {
  const { t } = useTranslation()
  const facts = [
    row.revision > 1 && t('portal:quotations.version', { no: row.revision }),
    t('portal:quotations.valid', { date: formatDate(row.valid_until) }),
    row.open && t('portal:quotations.left', { days: row.days_left }),
  ].filter(Boolean)
  return (
    <li>
      <Link to={`/portal/quotations/${row.id}`} className="portal-order">
        <span className="row">
          <strong className="grow">{row.number}</strong>
          <StateTag tone={TONES[row.status]}>{row.status_name}</StateTag>
        </span>
        <span className="row soft">
          <span className="grow">{facts.join(' · ')}</span>
          <strong className="portal-amount">{formatMoney(row.payable)}</strong>
        </span>
      </Link>
    </li>
  )
}

import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { EmptyState } from '@/components/EmptyState'
import { StateTag } from '@/components/StateTag'
import type { Tone } from '@/lib/api/types'
import { formatDate, formatMoney } from '@/lib/format'
import { Paged } from './Paged'
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
  const empty = (
    <EmptyState title={t('portal:quotations.none')} text={t('portal:quotations.none_text')}>
      <Link to="/portal/messages">{t('portal:nav.messages')}</Link>
    </EmptyState>
  )
  return (
    <div className="portal-page">
      <h1>{t('portal:nav.quotations')}</h1>
      <Paged found={useQuotations()} empty={empty} row={row => <Row key={row.id} row={row} />} />
    </div>
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

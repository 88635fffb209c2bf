import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { QuotationRow } from '@/lib/api/types'
import { formatMoney } from '@/lib/format'
import { QuotationStatusTag, Validity } from './tags'

/** The quotations that wait for the caller: to be approved, to be sent, or soon over without an answer. */
export function MyQuotations({ quotations }: { quotations: QuotationRow[] }) {
  const { t } = useTranslation()
  if (quotations.length === 0) return null
  return (
    <section className="work-owed" aria-label={t('quotation:waiting')}>
      <h2>
        {t('quotation:waiting')} <span className="soft">{quotations.length}</span>
      </h2>
      <ul className="work-owed-row">
        {quotations.map(row => (
          <li key={row.id} className="work-owed-card">
            <span className="row">
              <span className="strong cut grow">{row.customer.name}</span>
              <QuotationStatusTag status={row.status} />
            </span>
            <span className="row">
              <Link to={`/quotations/${row.id}`} className="mono grow">
                {row.number}
              </Link>
              <span className="mono">{formatMoney(row.payable)}</span>
            </span>
            <span className="soft cut">
              {t('quotation:field.valid_until')} <Validity {...row} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

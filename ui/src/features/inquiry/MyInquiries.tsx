import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ClockTag } from '@/components/Clock'
import type { InquiryRow } from '@/lib/api/types'
import { InquiryStatusTag, OpenItems } from './tags'

/** The inquiries that wait for the caller: to be cleared up, or to be answered. */
export function MyInquiries({ inquiries }: { inquiries: InquiryRow[] }) {
  const { t } = useTranslation()
  return (
    <section className="work-owed" aria-label={t('inquiry:waiting')}>
      <h2>
        {t('inquiry:waiting')} <span className="soft">{inquiries.length}</span>
      </h2>
      <ul className="work-owed-row">
        {inquiries.map(row => (
          <li key={row.id} className="work-owed-card">
            <span className="row">
              <span className="strong cut grow">{row.customer_name || row.contact_phone}</span>
              <InquiryStatusTag status={row.status} />
            </span>
            <span className="row wrap">
              <Link to={`/inquiries/${row.id}`} className="mono grow">
                {row.number}
              </Link>
              {row.clock && <ClockTag clock={row.clock} />}
              <OpenItems {...row} />
            </span>
            <span className="soft cut">{row.said}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

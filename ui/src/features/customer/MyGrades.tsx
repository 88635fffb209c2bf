import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { CustomerGrade } from '@/lib/api/types'
import { Decide } from './grade/Decide'

/** The grades that others propose and the caller may approve. */
export function MyGrades({ grades }: { grades: CustomerGrade[] }) {
  const { t } = useTranslation()
  if (grades.length === 0) return null
  return (
    <section className="work-owed" aria-label={t('grade:waiting')}>
      <h2>
        {t('grade:waiting')} <span className="soft">{grades.length}</span>
      </h2>
      <ul className="work-owed-row">
        {grades.map(row => (
          <li key={row.customer.id} className="work-owed-card">
            <span className="row">
              <Link to={`/customers/${row.customer.id}`} className="strong cut grow">
                {row.customer.name}
              </Link>
              <span className="strong">
                {row.grade} → {row.proposal?.grade}
              </span>
            </span>
            <span className="soft cut" title={row.proposal?.reason}>
              {row.proposal?.by.name}：{row.proposal?.reason}
            </span>
            <Decide row={row} />
          </li>
        ))}
      </ul>
    </section>
  )
}

import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { ChangeRow } from '@/lib/api/types'
import { formatMoney } from '@/lib/format'
import { ChangeStatusTag } from './tags'

/** The changes that wait for the caller's signature or for the customer's answer, as a row of cards on top of the queue. */
export function MyChanges({ changes }: { changes: ChangeRow[] }) {
  const { t } = useTranslation()
  if (changes.length === 0) return null
  return (
    <section className="work-owed" aria-label={t('change:waiting')}>
      <h2>
        {t('change:waiting')} <span className="soft">{changes.length}</span>
      </h2>
      <ul className="work-owed-row">
        {changes.map(change => (
          <li key={change.id} className="work-owed-card">
            <span className="row">
              <span className="strong cut grow">{change.customer.name}</span>
              <ChangeStatusTag status={change.status} />
            </span>
            <span className="row">
              <Link to={`/changes/${change.id}`} className="mono">
                {change.number}
              </Link>
              <span className="soft cut grow">{change.order.number}</span>
              {change.payable_after && <span className="mono">{formatMoney(change.payable_after)}</span>}
            </span>
            <span className="soft cut" title={change.reason}>
              {[change.kinds.join('、'), change.reason].join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

import { CheckOutlined, CloseOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import type { CustomerGrade, GradeReason } from '@/lib/api/types'
import { formatMoney } from '@/lib/format'
import './grade.css'

/** A figure or a limit of a condition, in its unit. */
function Figure({ condition, value, currency }: { condition: string; value: string | null; currency: string }) {
  const { t } = useTranslation()
  if (value === null) return <span className="soft">{t('grade:none_due')}</span>
  if (condition === 'turnover') return <>{formatMoney({ amount: value, currency })}</>
  return <>{t(`grade:unit.${condition}`, { value })}</>
}

/** Every condition of every grade with what was found: why the rule says what it says. */
export function GradeReasons({ row }: { row: CustomerGrade }) {
  const { t } = useTranslation()
  const currency = row.turnover.currency
  return (
    <table className="grade-reasons">
      <caption className="sr-only">{t('grade:reasons')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('grade:condition')}</th>
          <th scope="col" className="end">
            {t('grade:limit')}
          </th>
          <th scope="col" className="end">
            {t('grade:found')}
          </th>
          <th scope="col">{t('grade:holds')}</th>
        </tr>
      </thead>
      <tbody>
        {row.reasons.map(reason => (
          <Line key={`${reason.grade} ${reason.condition}`} reason={reason} currency={currency} />
        ))}
      </tbody>
    </table>
  )
}

function Line({ reason, currency }: { reason: GradeReason; currency: string }) {
  const { t } = useTranslation()
  const most = reason.condition === 'late_percent' || reason.condition === 'days_late'
  return (
    <tr>
      <th scope="row">
        <span className="strong">{reason.grade}</span> {t(`grade:conditions.${reason.condition}`)}
      </th>
      <td className="end">
        {most ? '≤' : '≥'} <Figure condition={reason.condition} value={reason.limit} currency={currency} />
      </td>
      <td className="end">
        <Figure condition={reason.condition} value={reason.found ?? null} currency={currency} />
      </td>
      <td>
        <span className={reason.holds ? 'ink-done' : 'ink-late'}>
          {reason.holds ? <CheckOutlined /> : <CloseOutlined />} {t(reason.holds ? 'grade:met' : 'grade:not_met')}
        </span>
      </td>
    </tr>
  )
}

import { FrownFilled, SmileFilled } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { StateTag } from '@/components/StateTag'
import type { FollowUp } from '@/lib/api/types'
import { daysUntil } from '@/lib/format'

type Dated = Pick<FollowUp, 'state' | 'due_on'>

/** Days a follow-up that nobody made is past its date; 0 when it is not. */
export function daysLate(row: Dated): number {
  return row.state === 'due' ? Math.max(0, -daysUntil(row.due_on)) : 0
}

export function FollowUpTag({ row }: { row: Dated }) {
  const { t } = useTranslation()
  if (row.state === 'satisfied') {
    return (
      <StateTag tone="done" icon={<SmileFilled />}>
        {t('follow-up:state.satisfied')}
      </StateTag>
    )
  }
  if (row.state === 'dissatisfied') {
    return (
      <StateTag tone="late" icon={<FrownFilled />}>
        {t('follow-up:state.dissatisfied')}
      </StateTag>
    )
  }
  if (row.state === 'waived') return <StateTag tone="idle">{t('follow-up:state.waived')}</StateTag>
  const late = daysLate(row)
  return (
    <StateTag tone={late > 0 ? 'late' : daysUntil(row.due_on) === 0 ? 'risk' : 'going'}>
      {late > 0 ? t('follow-up:late', { days: late }) : t('follow-up:state.due')}
    </StateTag>
  )
}

import { useTranslation } from 'react-i18next'
import { StateTag } from '@/components/StateTag'
import type { QuotationStatus, Tone } from '@/lib/api/types'

const TONES: Record<QuotationStatus, Tone> = {
  draft: 'idle',
  submitted: 'risk',
  approved: 'going',
  sent: 'going',
  won: 'done',
  lost: 'late',
  expired: 'late',
  rejected: 'late',
  withdrawn: 'idle',
  superseded: 'idle',
}

/** The state of a quotation, as the day makes it. */
export function QuotationStatusTag({ status }: { status: QuotationStatus }) {
  const { t } = useTranslation()
  return <StateTag tone={TONES[status]}>{t(`quotation:status.${status}`)}</StateTag>
}

/** Its last day, and how many are left as long as that matters. */
export function Validity(props: { status: QuotationStatus; valid_until: string; days_left: number }) {
  const { t } = useTranslation()
  const runs = props.status === 'approved' || props.status === 'sent'
  const near = runs && props.days_left <= 2
  return (
    <span className={props.status === 'expired' ? 'ink-late' : near ? 'ink-risk' : undefined}>
      {props.valid_until}
      {near && ` ${t('quotation:days_left', { count: props.days_left })}`}
    </span>
  )
}

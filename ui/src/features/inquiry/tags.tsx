import { useTranslation } from 'react-i18next'
import { StateTag } from '@/components/StateTag'
import type { InquiryMark, InquiryStatus, Tone } from '@/lib/api/types'

const TONES: Record<InquiryStatus, Tone> = {
  open: 'risk',
  clarified: 'going',
  quoted: 'going',
  ordered: 'done',
  dropped: 'idle',
}

/** The state of an inquiry. */
export function InquiryStatusTag({ status }: { status: InquiryStatus }) {
  const { t } = useTranslation()
  return <StateTag tone={TONES[status]}>{t(`inquiry:status.${status}`)}</StateTag>
}

const MARKS: Record<InquiryMark, Tone> = { filled: 'done', missing: 'late', vague: 'risk', blank: 'idle' }

/** How an item of the checklist stands. */
export function MarkTag({ mark }: { mark: InquiryMark }) {
  const { t } = useTranslation()
  return <StateTag tone={MARKS[mark]}>{t(`inquiry:mark.${mark}`)}</StateTag>
}

/** How many items are missing or vague. */
export function OpenItems({ missing, vague }: { missing: number; vague: number }) {
  const { t } = useTranslation()
  if (missing + vague === 0) return <StateTag tone="done">{t('inquiry:clear')}</StateTag>
  return (
    <span className="row">
      {missing > 0 && <StateTag tone="late">{t('inquiry:missing', { count: missing })}</StateTag>}
      {vague > 0 && <StateTag tone="risk">{t('inquiry:vague', { count: vague })}</StateTag>}
    </span>
  )
}

import { useTranslation } from 'react-i18next'
import { StateTag } from '@/components/StateTag'
import type { ChangeStatus, Tone } from '@/lib/api/types'

const TONES: Record<ChangeStatus, Tone> = {
  draft: 'idle',
  submitted: 'risk',
  answering: 'risk',
  applied: 'done',
  rejected: 'late',
  refused: 'late',
  withdrawn: 'idle',
}

/** The state of a change order. */
export function ChangeStatusTag({ status }: { status: ChangeStatus }) {
  const { t } = useTranslation()
  return <StateTag tone={TONES[status]}>{t(`change:status.${status}`)}</StateTag>
}

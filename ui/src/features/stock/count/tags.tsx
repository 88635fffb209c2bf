import { useTranslation } from 'react-i18next'
import { StateTag } from '@/components/StateTag'
import type { Tone } from '@/lib/api/types'

const TONES: Record<string, Tone> = { open: 'going', submitted: 'risk', approved: 'done', cancelled: 'idle' }

/** The state of a stock count. */
export function CountStatusTag({ status }: { status: string }) {
  const { t } = useTranslation()
  return <StateTag tone={TONES[status] ?? 'idle'}>{t(`place:count_of.status.${status}`)}</StateTag>
}

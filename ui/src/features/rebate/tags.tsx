import { useTranslation } from 'react-i18next'
import { StateTag } from '@/components/StateTag'
import type { Tone } from '@/lib/api/types'

const TONES: Record<string, Tone> = {
  draft: 'idle',
  approved: 'going',
  proposed: 'risk',
  settled: 'done',
  withdrawn: 'idle',
}

/** The state of a rebate agreement. */
export function RebateStatusTag({ status }: { status: string }) {
  const { t } = useTranslation()
  return <StateTag tone={TONES[status] ?? 'idle'}>{t(`rebate:status.${status}`)}</StateTag>
}

import { useTranslation } from 'react-i18next'
import { StateTag } from '@/components/StateTag'
import type { Tone } from '@/lib/api/types'

const TONES: Record<string, Tone> = {
  draft: 'idle',
  sent: 'going',
  received: 'done',
  closed: 'risk',
  cancelled: 'idle',
}

/** The state of a transfer. */
export function TransferStatusTag({ status }: { status: string }) {
  const { t } = useTranslation()
  return <StateTag tone={TONES[status] ?? 'idle'}>{t(`place:transfer.status.${status}`)}</StateTag>
}

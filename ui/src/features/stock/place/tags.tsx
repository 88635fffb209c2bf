import { useTranslation } from 'react-i18next'
import { StateTag } from '@/components/StateTag'
import type { Tone } from '@/lib/api/types'

const TONES: Record<string, Tone> = { free: 'done', quality: 'going', damaged: 'late', blocked: 'risk' }

/** The status goods lie in. */
export function StatusTag({ status }: { status: string }) {
  const { t } = useTranslation()
  return <StateTag tone={TONES[status] ?? 'idle'}>{t(`stock:status.${status}`)}</StateTag>
}

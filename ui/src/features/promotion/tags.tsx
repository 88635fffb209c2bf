import { useTranslation } from 'react-i18next'
import { StateTag } from '@/components/StateTag'
import type { PromotionRow, Tone } from '@/lib/api/types'

const TONES: Record<string, Tone> = { draft: 'idle', active: 'going', ended: 'idle' }

/** The state of a promotion. */
export function PromotionStatusTag({ status }: { status: string }) {
  const { t } = useTranslation()
  return <StateTag tone={TONES[status] ?? 'idle'}>{t(`promotion:status.${status}`)}</StateTag>
}

/** For whom it is, in one line. */
export function useForWhom(): (row: PromotionRow) => string {
  const { t } = useTranslation()
  return row => {
    const parts = [
      row.customer?.name,
      row.grade && t('order:grade', { grade: row.grade }),
      row.category && t(`order:category.${row.category}`),
      row.channel && t(`order:channel.${row.channel}`),
    ].filter(Boolean)
    return parts.length > 0 ? parts.join(' · ') : t('promotion:everybody')
  }
}

/** How many orders have it, of how many that may. */
export function used(row: PromotionRow): string {
  return row.limit_total > 0 ? `${row.used} / ${row.limit_total}` : String(row.used)
}

import { useTranslation } from 'react-i18next'
import { StateTag } from '@/components/StateTag'
import { type PurchaseStatus, TONES } from './queries'

/** The state of a purchase order. */
export function PurchaseStatusTag({ status }: { status: PurchaseStatus }) {
  const { t } = useTranslation()
  return <StateTag tone={TONES[status]}>{t(`purchase:status.${status}`)}</StateTag>
}

/** The day something is expected, red once it is over. */
export function Expected({ on, late }: { on: string | null | undefined; late: number | null | undefined }) {
  const { t } = useTranslation()
  if (!on) return <span className="soft">–</span>
  return late ? (
    <span className="ink-late">
      {on} {t('purchase:late', { count: late })}
    </span>
  ) : (
    <span>{on}</span>
  )
}

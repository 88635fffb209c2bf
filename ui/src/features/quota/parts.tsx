import { useTranslation } from 'react-i18next'
import { share } from '@/lib/decimal'
import { formatQuantity } from '@/lib/format'
import type { QuotaRow } from './queries'
import './quota.css'

/** How much of a quota is taken: a bar, and the figures beside it. */
export function TakenBar({ quota }: { quota: QuotaRow }) {
  const { t } = useTranslation()
  const used = Math.min(1, share(quota.taken.value, quota.quantity.value))
  const tone = used >= 1 ? 'late' : used > 0.9 ? 'risk' : 'going'
  const text = t('quota:taken_of', { taken: formatQuantity(quota.taken), limit: formatQuantity(quota.quantity) })
  return (
    <span className="quota-taken" title={text}>
      <span className="quota-bar" aria-hidden="true">
        <i style={{ width: `${used * 100}%`, background: `var(--${tone})` }} />
      </span>
      <span className="mono">{text}</span>
    </span>
  )
}

/** For whom a quota is: grade, channel, region, or everybody. */
export function Scope({ quota }: { quota: QuotaRow }) {
  const { t } = useTranslation()
  const words = [
    quota.grade && t('order:grade', { grade: quota.grade }),
    quota.channel && t(`order:channel.${quota.channel}`),
    quota.region,
  ].filter(Boolean)
  return words.length === 0 ? <span className="soft">{t('quota:everybody')}</span> : <span>{words.join(' · ')}</span>
}

import { useTranslation } from 'react-i18next'
import { ClockTag, Clock as Countdown, useSpan } from '@/components/Clock'
import { StateTag } from '@/components/StateTag'
import type { Clock } from '@/lib/api/types'

/** How a time limit stands: what is left of it, or how it ended. */
export function ClockState({ clock }: { clock: Clock }) {
  const { t } = useTranslation()
  const span = useSpan()
  if (clock.state === 'stopped') {
    return clock.breached_at ? (
      <StateTag tone="late">{t('clock:ended_late')}</StateTag>
    ) : (
      <StateTag tone="done">{t('clock:ended')}</StateTag>
    )
  }
  if (clock.state === 'paused') {
    return (
      <span className="row">
        <ClockTag clock={clock} />
        {(clock.left_seconds ?? 0) > 0 && (
          <span className="soft">{t('common:clock.left', { span: span((clock.left_seconds ?? 0) * 1000) })}</span>
        )}
      </span>
    )
  }
  return <Countdown due={clock.due_at} warn={clock.warn_at} />
}

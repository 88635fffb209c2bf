import { ClockCircleFilled, ExclamationCircleFilled, FireFilled, PauseCircleFilled } from '@ant-design/icons'
import { Tooltip } from 'antd'
import { useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import type { ClockChip } from '@/lib/api/types'
import { formatInstant } from '@/lib/format'
import './components.css'

/** One tick for every clock on the page. */
let now = Date.now()
const watchers = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined
function subscribe(watcher: () => void): () => void {
  watchers.add(watcher)
  timer ??= setInterval(() => {
    now = Date.now()
    for (const each of watchers) each()
  }, 15_000)
  return () => {
    watchers.delete(watcher)
    if (watchers.size === 0) {
      clearInterval(timer)
      timer = undefined
    }
  }
}
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now)
}

const MINUTE = 60_000
/** Less than this left is amber. */
const WARN = 30 * MINUTE

/** So much time in words: `1 小时 20 分`. */
export function useSpan(): (milliseconds: number) => string {
  const { t } = useTranslation()
  return milliseconds => {
    const minutes = Math.floor(Math.abs(milliseconds) / MINUTE)
    const days = Math.floor(minutes / 1440)
    const hours = Math.floor((minutes % 1440) / 60)
    if (days > 0) return t('common:clock.days', { days, hours })
    return hours > 0
      ? t('common:clock.hours', { hours, minutes: minutes % 60 })
      : t('common:clock.minutes', { minutes })
  }
}

/** What remains until `due` as a chip that ticks: amber from `warn` on (or when little is left), red when it has run out. */
export function Clock({ due, warn, name }: { due: string; warn?: string; name?: string }) {
  const { t } = useTranslation()
  const span = useSpan()
  const now = useNow()
  const left = new Date(due).getTime() - now
  const soon = warn ? new Date(warn).getTime() <= now : left < WARN
  const tone = left < 0 ? 'late' : soon ? 'risk' : 'idle'
  const icon = left < 0 ? <FireFilled /> : soon ? <ExclamationCircleFilled /> : <ClockCircleFilled />
  return (
    <Tooltip title={[name, formatInstant(due)].filter(Boolean).join(' · ')}>
      <span className={`state tone-${tone}`}>
        <span aria-hidden="true">{icon}</span>
        {t(left < 0 ? 'common:clock.over' : 'common:clock.left', { span: span(left) })}
      </span>
    </Tooltip>
  )
}

/** A time limit as a chip; grey with its reason while it is paused. */
export function ClockTag({ clock }: { clock: ClockChip }) {
  const { t } = useTranslation()
  if (clock.state !== 'paused') return <Clock due={clock.due_at} warn={clock.warn_at} name={clock.name} />
  return (
    <Tooltip title={[clock.name, clock.pause_reason].filter(Boolean).join(' · ')}>
      <span className="state tone-idle">
        <span aria-hidden="true">
          <PauseCircleFilled />
        </span>
        {t('common:clock.paused')}
      </span>
    </Tooltip>
  )
}

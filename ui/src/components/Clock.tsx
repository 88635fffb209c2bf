import { ClockCircleFilled, ExclamationCircleFilled, FireFilled } from '@ant-design/icons'
import { Tooltip } from 'antd'
import { useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
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

/** What remains until `due` as a chip that ticks: amber when little is left, red when it has run out. */
export function Clock({ due }: { due: string }) {
  const { t } = useTranslation()
  const left = new Date(due).getTime() - useNow()
  const minutes = Math.floor(Math.abs(left) / MINUTE)
  const days = Math.floor(minutes / 1440)
  const hours = Math.floor((minutes % 1440) / 60)
  const span =
    days > 0
      ? t('common:clock.days', { days, hours })
      : hours > 0
        ? t('common:clock.hours', { hours, minutes: minutes % 60 })
        : t('common:clock.minutes', { minutes })
  const tone = left < 0 ? 'late' : left < WARN ? 'risk' : 'idle'
  const icon = left < 0 ? <FireFilled /> : left < WARN ? <ExclamationCircleFilled /> : <ClockCircleFilled />
  return (
    <Tooltip title={formatInstant(due)}>
      <span className={`state tone-${tone}`}>
        <span aria-hidden="true">{icon}</span>
        {t(left < 0 ? 'common:clock.over' : 'common:clock.left', { span })}
      </span>
    </Tooltip>
  )
}

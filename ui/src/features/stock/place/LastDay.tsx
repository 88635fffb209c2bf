import { daysUntil } from '@/lib/format'

/** The last day of a lot; near or over it is marked. */
export function LastDay({ day }: { day: string | null | undefined }) {
  if (!day) return <span className="soft">–</span>
  const left = daysUntil(day)
  return <span className={left < 0 ? 'ink-late strong' : left <= 30 ? 'ink-risk' : undefined}>{day}</span>
}

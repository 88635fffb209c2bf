import type { PromiseDay, PromiseTimeline } from '@/lib/api/types'
import { add } from '@/lib/decimal'
import { addDays } from '@/lib/format'

/** A day of the chart: all that came, went and is reserved up to it, and what can be promised on it. */
export interface Step {
  on: string
  supply: string
  demand: string
  reserved: string
  available: string
  /** What happens on the day itself; nothing on the days between. */
  day: PromiseDay | null
}

/** Days a chart shows at the most; what is later stands in the table. */
const MOST = 180

/** Every day from today to a week after the last on which something happens, so that steps are as long as their days. */
export function stepsOf(data: PromiseTimeline): Step[] {
  const byDay = new Map(data.days.map(day => [day.on, day]))
  const end = addDays(data.days.at(-1)?.on ?? data.today, 7)
  const steps: Step[] = []
  let last: Step = { on: '', supply: '0', demand: '0', reserved: '0', available: '0', day: null }
  for (let on = data.today; on <= end && steps.length < MOST; on = addDays(on, 1)) {
    const day = byDay.get(on) ?? null
    last = day
      ? {
          on,
          supply: add(last.supply, day.supply.value),
          demand: add(last.demand, day.demand.value),
          reserved: add(last.reserved, day.reserved.value),
          available: day.available.value,
          day,
        }
      : { ...last, on, day: null }
    steps.push(last)
  }
  return steps
}

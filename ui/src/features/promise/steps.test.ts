import { describe, expect, it } from 'vitest'
import type { PromiseTimeline } from '@/lib/api/types'
import { stepsOf } from './steps'

const day = (on: string, supply: string, demand: string, reserved: string, available: string) => {
  const quantity = (value: string) => ({ value, unit: '台' })
  return {
    on,
    supply: quantity(supply),
    demand: quantity(demand),
    reserved: quantity(reserved),
    balance: quantity('0'),
    available: quantity(available),
    supplies: [],
    demands: [],
    demand_count: 0,
  }
}
const timeline = (days: ReturnType<typeof day>[]) => ({ today: '2026-11-23', days }) as unknown as PromiseTimeline

describe('the steps of a timeline', () => {
  it('add up day by day and stay where nothing happens', () => {
    const steps = stepsOf(timeline([day('2026-11-23', '10.5', '0', '0', '4'), day('2026-11-26', '0.5', '6', '2', '5')]))
    expect(steps).toHaveLength(11)
    expect(steps[2]).toEqual({
      on: '2026-11-25',
      supply: '10.5',
      demand: '0',
      reserved: '0',
      available: '4',
      day: null,
    })
    expect(steps[3]).toMatchObject({ on: '2026-11-26', supply: '11.0', demand: '6', reserved: '2', available: '5' })
    expect(steps.at(-1)).toMatchObject({ on: '2026-12-03', demand: '6', day: null })
  })
  it('end after half a year', () => {
    expect(
      stepsOf(timeline([day('2026-11-23', '1', '0', '0', '1'), day('2029-01-01', '1', '0', '0', '2')])),
    ).toHaveLength(180)
  })
})

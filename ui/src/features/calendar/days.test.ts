import { describe, expect, it } from 'vitest'
import { areHours, kindOf, parseDates, parseHours, toggled, weeksOf } from './days'

const week = [['09:00-18:00'], ['09:00-18:00'], ['09:00-18:00'], ['09:00-18:00'], ['09:00-18:00'], [], []]
const none = { holidays: [], make_up: [] }

describe('days of a calendar', () => {
  it('reads dates as people paste them', () => {
    expect(parseDates('2026-10-01, 2026/10/2；2026年10月3日')).toEqual(['2026-10-01', '2026-10-02', '2026-10-03'])
    expect(parseDates('春节 2026-02-16至2026-02-18')).toEqual(['2026-02-16', '2026-02-17', '2026-02-18'])
    expect(parseDates('2026-02-30 明天 10-01')).toEqual([])
  })

  it('makes holidays of working days and make-up days of days of rest, and back', () => {
    const holiday = toggled('2026-10-01', none, week, false)
    expect(holiday).toEqual({ holidays: ['2026-10-01'], make_up: [] })
    expect(kindOf('2026-10-01', holiday, week, false)).toBe('holiday')
    expect(toggled('2026-10-01', holiday, week, false)).toEqual(none)
    const made = toggled('2026-10-10', none, week, false)
    expect(made.make_up).toEqual([{ on: '2026-10-10', hours: ['09:00-18:00'] }])
    expect(kindOf('2026-10-10', made, week, false)).toBe('make_up')
    expect(kindOf('2026-10-11', none, week, false)).toBe('rest')
    expect(kindOf('2026-10-11', none, week, true)).toBe('work')
  })

  it('lays out months from Monday on', () => {
    const weeks = weeksOf(2026, 11)
    expect(weeks[0]).toEqual([null, null, null, null, null, null, '2026-11-01'])
    expect(weeks).toHaveLength(6)
    expect(weeks[5]?.[0]).toBe('2026-11-30')
  })

  it('knows hours from other words', () => {
    expect(parseHours('09:00-12:00， 13:00-18:00')).toEqual(['09:00-12:00', '13:00-18:00'])
    expect([areHours('9:00-12:00'), areHours(''), areHours('9-12'), areHours('09:00-24:00')]).toEqual([
      true,
      true,
      false,
      true,
    ])
  })
})

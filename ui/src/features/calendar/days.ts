/** Days of a working calendar: what each is, and dates as people paste them. */
import { addDays } from '@/lib/format'

export interface MakeUp {
  on: string
  hours: string[]
}
/** What differs from the usual week. */
export interface Days {
  holidays: string[]
  make_up: MakeUp[]
}
export type DayKind = 'work' | 'rest' | 'holiday' | 'make_up'

/** Hours by weekday, Monday first; an empty one is no working day. */
export type Week = readonly (readonly string[])[]

export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const

/** Monday is 0. */
export function weekdayOf(date: string): number {
  return (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7
}

export function kindOf(date: string, days: Days, week: Week, always: boolean): DayKind {
  if (days.make_up.some(day => day.on === date)) return 'make_up'
  if (days.holidays.includes(date)) return 'holiday'
  return always || (week[weekdayOf(date)]?.length ?? 0) > 0 ? 'work' : 'rest'
}

/** A click on a day: a working day becomes a holiday, a day of rest a make-up day, and either goes back. */
export function toggled(date: string, days: Days, week: Week, always: boolean): Days {
  const without: Days = {
    holidays: days.holidays.filter(each => each !== date),
    make_up: days.make_up.filter(each => each.on !== date),
  }
  const kind = kindOf(date, days, week, always)
  if (kind === 'work') return { ...without, holidays: [...without.holidays, date].sort() }
  if (kind !== 'rest') return without
  const usual = week.find(hours => hours.length > 0) ?? ['09:00-18:00']
  const make_up = [...without.make_up, { on: date, hours: [...usual] }].sort((a, b) => a.on.localeCompare(b.on))
  return { ...without, make_up }
}

const DATE = String.raw`(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?`
const RANGE = new RegExp(`${DATE}(?:\\s*(?:~|～|至|到|–|—|\\.\\.|to)\\s*${DATE})?`, 'g')

const isoOf = (year?: string, month?: string, day?: string): string | null => {
  if (!year || !month || !day) return null
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? text : null
}

/** Every date in a pasted text, `2026-10-01`, `2026/10/1` or `2026年10月1日`; `2026-10-01~2026-10-07` is all days between. */
export function parseDates(text: string): string[] {
  const found = new Set<string>()
  for (const [, y1, m1, d1, y2, m2, d2] of text.matchAll(RANGE)) {
    const from = isoOf(y1, m1, d1)
    if (!from) continue
    const to = isoOf(y2, m2, d2) ?? from
    for (let day = from, count = 0; day <= to && count < 400; day = addDays(day, 1), count++) found.add(day)
  }
  return [...found].sort()
}

/** Hours as they are typed on one line: `09:00-12:00 13:00-18:00`. */
export function parseHours(text: string | undefined): string[] {
  return (text ?? '').split(/[\s,，、;；]+/).filter(Boolean)
}
const SPAN = /^([01]?\d|2[0-4]):[0-5]\d-([01]?\d|2[0-4]):[0-5]\d$/
export function areHours(text: string | undefined): boolean {
  return parseHours(text).every(part => SPAN.test(part))
}

/** The days of a month in weeks from Monday on; `null` before the first and after the last. */
export function weeksOf(year: number, month: number): (string | null)[][] {
  const first = `${year}-${String(month).padStart(2, '0')}-01`
  const cells: (string | null)[] = Array.from({ length: weekdayOf(first) }, () => null)
  for (let day = first; day.slice(0, 7) === first.slice(0, 7); day = addDays(day, 1)) cells.push(day)
  while (cells.length % 7 > 0) cells.push(null)
  return Array.from({ length: cells.length / 7 }, (_, row) => cells.slice(row * 7, row * 7 + 7))
}

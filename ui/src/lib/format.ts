/** How figures, dates and instants are shown. Everything is exact text; nothing is rounded here. */
import i18next from 'i18next'
import type { Money, Quantity } from './api/types'
import { compare, trim } from './decimal'

const SIGNS: Record<string, string> = { CNY: '¥', USD: '$', EUR: '€', GBP: '£', JPY: '¥', TWD: 'NT$', HKD: 'HK$' }

export function currencySign(currency: string): string {
  return SIGNS[currency] ?? `${currency} `
}

/** `50800.00` → `50,800.00`. */
export function formatDecimal(text: string): string {
  const [whole = '', fraction] = text.split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',')
  return fraction === undefined ? grouped : `${grouped}.${fraction}`
}

/** The amount alone, for columns that name their currency once. */
export function formatAmount(money: Money | null | undefined): string {
  return money ? formatDecimal(money.amount).replace('-', '−') : '–'
}

export function formatMoney(money: Money | null | undefined): string {
  if (!money) return '–'
  const negative = money.amount.startsWith('-')
  return `${negative ? '−' : ''}${currencySign(money.currency)}${formatDecimal(money.amount.replace('-', ''))}`
}

/** Money with its sign: a gain shows its plus. */
export function formatSigned(money: Money | null | undefined): string {
  const shown = formatMoney(money)
  return money && compare(money.amount, '0') > 0 ? `+${shown}` : shown
}

/** Unit price without zeros beyond the second decimal. */
export function formatUnitPrice(money: Money | null | undefined): string {
  if (!money) return '–'
  const [whole = '0', fraction = ''] = money.amount.split('.')
  const kept = fraction.replace(/0+$/, '').padEnd(2, '0')
  return formatDecimal(`${whole}.${kept}`)
}

export function formatValue(quantity: Quantity | string | null | undefined): string {
  if (quantity === null || quantity === undefined) return '–'
  const value = typeof quantity === 'string' ? quantity : quantity.value
  return formatDecimal(trim(value)).replace('-', '−')
}
export function formatQuantity(quantity: Quantity | null | undefined): string {
  return quantity ? `${formatValue(quantity)} ${quantity.unit}`.trim() : '–'
}
export function formatRate(rate: string | null | undefined): string {
  return rate === null || rate === undefined || rate === '' ? '–' : `${trim(rate)}%`
}
export function formatCount(count: number): string {
  return formatDecimal(String(count))
}

/** Zone of the company's working day: decides which day it is, and how instants are shown. */
let zone: string | undefined
export function setTimeZone(name: string | undefined): void {
  zone = name
  clock = undefined
}

let clock: Intl.DateTimeFormat | undefined
/** `2026-11-21 14:03` in the company's zone. */
function inZone(date: Date): string {
  clock ??= new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  })
  return clock.format(date)
}

/** The day an instant falls on in the company's zone. */
export function isoDate(date: Date): string {
  return inZone(date).slice(0, 10)
}
export function today(): string {
  return isoDate(new Date())
}
const utc = (date: string): Date => {
  const [year = 0, month = 1, day = 1] = date.slice(0, 10).split('-').map(Number)
  return new Date(Date.UTC(year, month - 1, day))
}
/** The ISO date so many days later. */
export function addDays(date: string, days: number): string {
  return new Date(utc(date).getTime() + days * 86_400_000).toISOString().slice(0, 10)
}
export function formatDate(date: string | null | undefined): string {
  return date ? date.slice(0, 10) : '–'
}
/** An instant in the company's zone, `2026-11-21 14:03`. */
export function formatInstant(instant: string | null | undefined): string {
  return instant ? inZone(new Date(instant)) : '–'
}

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
]
/** "3 小时前"; shown only with the date on hover. */
export function formatRelative(instant: string, now: number = Date.now()): string {
  const seconds = (new Date(instant).getTime() - now) / 1000
  const format = new Intl.RelativeTimeFormat(i18next.language || 'zh-CN', { numeric: 'auto' })
  for (const [unit, length] of STEPS) {
    if (Math.abs(seconds) >= length) return format.format(Math.trunc(seconds / length), unit)
  }
  return format.format(0, 'minute')
}
/** Days from today to a date; negative when it has passed. */
export function daysUntil(date: string, now: Date = new Date()): number {
  return Math.round((utc(date).getTime() - utc(isoDate(now)).getTime()) / 86_400_000)
}
export function formatSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(0)} KiB`
  return `${(bytes / 1024 / 1024).toFixed(1)} MiB`
}

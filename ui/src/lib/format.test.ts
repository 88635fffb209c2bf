import { describe, expect, it } from 'vitest'
import {
  addDays,
  daysUntil,
  formatDecimal,
  formatInstant,
  formatMoney,
  formatQuantity,
  formatRate,
  formatUnitPrice,
  isoDate,
  setTimeZone,
} from './format'

describe('format', () => {
  it.each([
    ['50800.00', '50,800.00'],
    ['1265793.29', '1,265,793.29'],
    ['-0.05', '-0.05'],
    ['999', '999'],
  ])('separates %s', (given, expected) => expect(formatDecimal(given)).toBe(expected))

  it('shows money with its sign', () => {
    expect(formatMoney({ amount: '50800.00', currency: 'CNY' })).toBe('¥50,800.00')
    expect(formatMoney({ amount: '-35560.00', currency: 'USD' })).toBe('−$35,560.00')
    expect(formatMoney(null)).toBe('–')
  })
  it('keeps at least two decimals of a unit price', () => {
    expect(formatUnitPrice({ amount: '2490.196000', currency: 'CNY' })).toBe('2,490.196')
    expect(formatUnitPrice({ amount: '18', currency: 'CNY' })).toBe('18.00')
  })
  it('trims quantities and rates', () => {
    expect(formatQuantity({ value: '20.400000', unit: 't' })).toBe('20.4 t')
    expect(formatRate('13.00')).toBe('13%')
  })
  it('counts days by the calendar of the company', () => {
    setTimeZone('Asia/Shanghai')
    expect(isoDate(new Date('2026-11-21T16:30:00Z'))).toBe('2026-11-22')
    expect(formatInstant('2026-11-21T16:30:00Z')).toBe('2026-11-22 00:30')
    expect(daysUntil('2026-11-23', new Date('2026-11-21T16:30:00Z'))).toBe(1)
    expect(daysUntil('2026-11-21', new Date('2026-11-21T16:30:00Z'))).toBe(-1)
    setTimeZone(undefined)
  })
  it('adds days over months', () => {
    expect(addDays('2026-11-21', 30)).toBe('2026-12-21')
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29')
  })
})

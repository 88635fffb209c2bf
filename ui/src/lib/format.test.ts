import { describe, expect, it } from 'vitest'
import { daysUntil, formatDecimal, formatMoney, formatQuantity, formatRate, formatUnitPrice } from './format'

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
  it('counts days by the calendar', () => {
    expect(daysUntil('2026-11-21', new Date(2026, 10, 20, 23, 59))).toBe(1)
    expect(daysUntil('2026-11-21', new Date(2026, 10, 22, 0, 1))).toBe(-1)
  })
})

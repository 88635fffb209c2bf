import { describe, expect, it } from 'vitest'
import { add, compare, multiply, readDecimal, share, subtract, sum, trim } from './decimal'

describe('decimal', () => {
  it.each([
    ['0.1', '0.2', '0.3'],
    ['50800.00', '-0.01', '50799.99'],
    ['-1', '0.999999', '-0.000001'],
    ['9007199254740993.01', '1', '9007199254740994.01'],
  ])('%s + %s = %s', (a, b, expected) => expect(add(a, b)).toBe(expected))

  it('subtracts, multiplies and sums without loss', () => {
    expect(subtract('50800.00', '15240')).toBe('35560.00')
    expect(multiply('20.4', '2490.196078')).toBe('50799.9999912')
    expect(sum(['1', '0.05', '0.005'])).toBe('1.055')
  })
  it('compares across scales', () => {
    expect(compare('1.0', '1')).toBe(0)
    expect(compare('-2', '1.5')).toBe(-1)
  })
  it('trims only zeros that say nothing', () => {
    expect(trim('20.400000')).toBe('20.4')
    expect(trim('100')).toBe('100')
    expect(trim('5.00')).toBe('5')
  })
  it('draws shares inside the bar', () => {
    expect(share('5', '10')).toBe(0.5)
    expect(share('15', '10')).toBe(1)
    expect(share('1', '0')).toBe(0)
  })
  it.each([
    ['1,234.50', '1234.50'],
    ['￥１２８．５', '128.5'],
    [' 12 元', '12'],
    ['30%', '30'],
    ['abc', null],
    ['', null],
    ['1.2.3', null],
    ['1 234 567.8', '1234567.8'],
    // A comma that parts no thousands may be a decimal one: never read as something else.
    ['1,5', null],
    ['12,34', null],
    ['1,2345', null],
    ['1.5,000', null],
    ['5²', null],
    ['½', null],
    ['①', null],
  ])('reads %j as %j', (typed, expected) => expect(readDecimal(typed)).toBe(expected))
})

import { expect, it } from 'vitest'
import { stateOn } from './input'

it('knows which entry holds on a day', () => {
  const price = { valid_from: '2026-03-01', valid_to: '2026-06-30' }
  expect(stateOn(price, '2026-02-28')).toBe('coming')
  expect(stateOn(price, '2026-03-01')).toBe('valid')
  expect(stateOn(price, '2026-06-30')).toBe('valid')
  expect(stateOn(price, '2026-07-01')).toBe('past')
  expect(stateOn({ ...price, valid_to: null }, '2030-01-01')).toBe('valid')
})

import { expect, test } from 'vitest'
import { sentOf, valuesOf } from './input'

test('a tier is sent as a share or as an amount for each unit, by the basis', () => {
  const values = { ...valuesOf(undefined, 'CNY'), tiers: [{ from: null, gives: '1.5' }] }
  expect(sentOf(values).tiers).toEqual([{ from: '0', percent: '1.5', per_unit: null }])
  expect(sentOf({ ...values, basis: 'quantity' }).tiers).toEqual([{ from: '0', percent: null, per_unit: '1.5' }])
})

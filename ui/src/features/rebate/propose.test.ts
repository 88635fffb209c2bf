import { expect, test } from 'vitest'
import { enough, rest } from './ProposeDialog'

const order = (id: string, amount: string) => ({ id, number: id, amount: { amount, currency: 'CNY' }, payment: null })
const orders = [order('a', '30.00'), order('b', '80.00'), order('c', '500.00')]

test('the oldest orders take the rebate, no more of them than it needs', () => {
  expect(enough(orders, '100.00')).toEqual(['a', 'b'])
  expect(enough(orders, '0')).toEqual([])
  expect(rest(orders, ['a', 'b'], '100.00')).toBe('0')
  expect(Number(rest(orders, ['a'], '100.00'))).toBe(70)
})

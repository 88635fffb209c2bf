import { expect, it } from 'vitest'
import { stateOf } from './PaymentTag'

const money = (amount: string) => ({ amount, currency: 'CNY' })
const of = (allocated: string, reversed = false) =>
  stateOf({ amount: money('100.00'), allocated: money(allocated), reversed })

it('tells how much of a payment has found its invoices', () => {
  expect(of('0.00')).toBe('account')
  expect(of('40.00')).toBe('part')
  expect(of('100.00')).toBe('allocated')
  expect(of('0.00', true)).toBe('reversed')
})

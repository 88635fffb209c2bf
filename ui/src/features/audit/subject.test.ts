import { expect, it } from 'vitest'
import { hrefOf } from './subject'

it('finds the page of what an event is about', () => {
  expect(hrefOf({ kind: 'order', id: '01hx', number: 'SO2026000001' })).toBe('/orders/01hx')
  expect(hrefOf({ kind: 'session', id: '01hx', number: '' })).toBeNull()
})

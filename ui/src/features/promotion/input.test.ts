import { describe, expect, it } from 'vitest'
import { sentOf, valuesOf } from './input'

describe('a promotion as it is sent', () => {
  it('names only the figures of its effect', () => {
    const values = { ...valuesOf(undefined, 'CNY'), code: 'A', percent: '10', amount: '5', limit_total: '3' }
    const sent = sentOf({ ...values, products: [{ product_id: '1' }, { product_id: null }] })
    expect(sent).toMatchObject({ effect: 'line_percent', percent: '10', amount: null, limit_total: 3, products: ['1'] })
    expect(sentOf({ ...values, effect: 'order_amount' })).toMatchObject({ percent: null, amount: '5' })
  })
})

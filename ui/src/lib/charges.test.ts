import { describe, expect, it } from 'vitest'
import { chargesOf, emptyCharge, sentCharges } from './charges'

const money = (amount: string) => ({ amount, currency: 'CNY' })

describe('charges', () => {
  it('are edited as they were said and sent as they are typed', () => {
    const rows = chargesOf([
      {
        kind: 'other',
        kind_name: 'Other',
        text: '会员优惠',
        name: '会员优惠',
        allowance: true,
        amount: money('250.00'),
        percent: '5',
        own_tax_rate: null,
        promotion: null,
        tax_rate: '13',
        net: money('-221.24'),
        tax: money('-28.76'),
        gross: money('-250.00'),
      },
    ])
    expect(rows).toEqual([
      { kind: 'other', text: '会员优惠', allowance: true, percent: true, value: '5', tax_rate: '' },
    ])
    const typed = { ...emptyCharge(), value: '１,２００', tax_rate: '6' }
    expect(sentCharges([...rows, typed, emptyCharge()])).toEqual([
      { kind: 'other', text: '会员优惠', allowance: true, amount: null, percent: '5', tax_rate: null },
      { kind: 'insurance', text: '', allowance: false, amount: '1200', percent: null, tax_rate: '6' },
    ])
  })
})

import { expect, test } from 'vitest'
import { blankProduct, formOf, newSupplier, toSend } from './input'
import type { Supplier } from './queries'

test('a supplier is sent as it was shown', () => {
  const supplier: Supplier = {
    ...toSend(newSupplier('CNY')),
    id: 's',
    version: 1,
    code: 'G1',
    name: '供应商',
    contact: '',
    phone: '',
    email: '',
    address: '',
    currency: 'CNY',
    terms_days: 30,
    lead_days: 7,
    calendar: '',
    over_tolerance: '5',
    under_tolerance: '0',
    notes: '',
    active: true,
    created_at: '2026-11-21T08:00:00Z',
    products: [
      {
        product: { id: 'p', code: 'P001', name: 'A' },
        spec: '',
        supplier_code: 'X-1',
        unit_price: { amount: '300.00', currency: 'CNY' },
        minimum: { value: '10', unit: '台' },
        multiple: { value: '0', unit: '台' },
        lead_days: null,
        rush_lead_days: 3,
        rush_rate: '10',
        rush_amount: { amount: '0.00', currency: 'CNY' },
        rush_price: { amount: '330.00', currency: 'CNY' },
        preferred: true,
        measured: null,
        measured_rush: null,
      },
    ],
  }
  const sent = toSend(formOf(supplier))
  expect(sent).toMatchObject({ over_tolerance: '5', under_tolerance: null, calendar: '', lead_days: 7 })
  expect(sent.products).toEqual([
    {
      ...blankProduct,
      product_id: 'p',
      supplier_code: 'X-1',
      unit_price: '300',
      minimum: '10',
      rush_lead_days: 3,
      rush_rate: '10',
      preferred: true,
    },
  ])
})

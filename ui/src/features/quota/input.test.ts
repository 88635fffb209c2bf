import { describe, expect, it } from 'vitest'
import { toSend, valuesOf } from './input'
import type { Quota } from './queries'

const quota = {
  code: 'Q1',
  name: '年末',
  product: { id: 'P', code: 'P001', name: 'A' },
  grade: 'B',
  channel: null,
  region: '上海市',
  valid_from: '2026-11-01',
  valid_to: '2026-12-31',
  quantity: { value: '150.000000', unit: '台' },
} as Quota

describe('a quota while it is typed', () => {
  it('is what it was and is sent so', () => {
    expect(toSend(valuesOf(quota, null))).toEqual({
      code: 'Q1',
      name: '年末',
      product_id: 'P',
      grade: 'B',
      channel: null,
      region: '上海市',
      valid_from: '2026-11-01',
      valid_to: '2026-12-31',
      quantity: '150',
    })
  })

  it('begins with the product that is looked at, and says nothing that was left empty', () => {
    const sent = toSend({ ...valuesOf(null, 'P'), grade: undefined as never })
    expect(sent).toMatchObject({ product_id: 'P', grade: null, channel: null, valid_from: '', quantity: '' })
  })
})

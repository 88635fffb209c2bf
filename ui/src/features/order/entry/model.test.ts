import { describe, expect, it } from 'vitest'
import type { Customer } from '@/lib/api/types'
import { changed, emptyEntry, emptyLine, isBlank, sentLines, toInput } from './model'

const product = { id: 'p1', code: 'SP-1', name: '杯', spec: '', unit: '个' }

describe('order entry', () => {
  it('sends only lines that hold something, typed figures made plain', () => {
    const entry = {
      ...emptyEntry(),
      lines: [{ ...emptyLine(), product, quantity: '１,２００', price: '', discount: '5%' }, emptyLine()],
    }
    const input = toInput(entry)
    expect(input.lines).toHaveLength(1)
    expect(input.lines[0]).toMatchObject({ product_id: 'p1', quantity: '1200', unit_price: null, discount_rate: '5' })
    expect(input.freight).toBe('0')
  })

  it('fills the head from the customer but keeps what was typed', () => {
    const typed = changed(emptyEntry(), { kind: 'head', change: { settlement: 'cash' } })
    const filled = changed(typed, {
      kind: 'customer',
      customer: {
        id: 'c1',
        code: 'C1',
        name: '昆仑',
        settlement: 'monthly',
        channel: 'phone',
        category: 'project',
        deposit_rate: '30.00',
        tax_inclusive: false,
        owner: null,
        contacts: [{ name: '王', position: '', phone: '1', email: '', primary: true }],
        addresses: [],
      } as unknown as Customer,
    })
    expect(filled.head).toMatchObject({ settlement: 'cash', channel: 'phone', deposit_rate: '30', contact_name: '王' })
    expect(filled.head.customer?.name).toBe('昆仑')
  })

  it('adds pasted lines after the used ones and leaves one blank at the end', () => {
    const start = changed(emptyEntry(), { kind: 'add', lines: [{ ...emptyLine(), product, quantity: '1' }] })
    const entry = changed(start, { kind: 'add', lines: [{ ...emptyLine(), product, quantity: '2' }] })
    expect(entry.lines.map(line => line.quantity)).toEqual(['1', '2', ''])
    expect(sentLines(entry)).toHaveLength(2)
  })

  it('never loses the last line', () => {
    const entry = emptyEntry()
    const after = changed(entry, { kind: 'remove', key: entry.lines[0]?.key ?? '' })
    expect(after.lines).toHaveLength(1)
    expect(after.lines.every(isBlank)).toBe(true)
  })
})

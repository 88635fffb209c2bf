import { describe, expect, it } from 'vitest'
import type { IntakeLine, IntakeReading } from '@/lib/api/types'
import { confirmationOf, formOf, marksOf, piecesOf, sureness } from './model'

const product = { id: 'p1', code: 'WH-002', name: '双胶纸', spec: '80g', unit: '令', confidence: 90 }
const line: IntakeLine = {
  phrase: '80g双胶',
  span: { start: 5, end: 12 },
  product,
  others: [],
  learned: false,
  quantity: '20',
  quantity_confidence: 97,
  quantity_span: { start: 9, end: 12 },
  said_quantity: '20',
  sold_unit: '',
  said_unit: '令',
  unit_differs: false,
  vague: false,
  unit_price: '',
}
const reading: IntakeReading = {
  received_on: '2026-11-21',
  customer: {
    best: { id: 'c1', code: 'C1', name: '明华印务', confidence: 95 },
    others: [],
    phrase: '明华印务',
    span: { start: 0, end: 4 },
    learned: false,
  },
  required_on: null,
  contact_name: null,
  contact_phone: null,
  delivery_address: null,
  customer_po: null,
  packing: null,
  lines: [line],
  model: null,
  vague: [
    { field: 'required_on', said: '尽快', span: { start: 13, end: 15 } },
    { field: 'quantity', said: '约', span: { start: 10, end: 11 } },
  ],
}

describe('a message that was read', () => {
  it('cuts the text by characters, also behind an emoji', () => {
    const pieces = piecesOf('👋明华', [{ start: 1, end: 3, field: 'customer', tone: 'done' }])
    expect(pieces.map(piece => piece.text)).toEqual(['👋', '明华'])
  })

  it('marks what was understood, each place once', () => {
    expect(marksOf(reading).map(mark => mark.field)).toEqual(['customer', 'line-0', 'vague'])
  })

  it('teaches only what was corrected', () => {
    const form = formOf(reading, 'x')
    expect(confirmationOf('x', reading, form).corrections).toEqual([])
    const other = { ...form, lines: form.lines.map(one => ({ ...one, product: { id: 'p2', name: 'B' } })) }
    expect(confirmationOf('x', reading, other).corrections).toEqual([
      { kind: 'product', said: '80g双胶', means: 'p2', only_this_customer: true },
    ])
    const somebody = { ...form, customer: { id: 'c2', name: 'C' } }
    expect(confirmationOf('x', reading, somebody).corrections).toEqual([
      { kind: 'customer', said: '明华印务', means: 'c2', only_this_customer: false },
    ])
  })

  it('keeps an open day as a question and not a quantity that is a number now', () => {
    expect(confirmationOf('x', reading, formOf(reading, 'x')).vague).toEqual([{ field: 'required_on', said: '尽快' }])
  })

  it('takes a message with a head for an e-mail', () => {
    expect(formOf(reading, 'From: a@b.c\n\nx').channel).toBe('email')
    expect(formOf(reading, '在吗').channel).toBeNull()
  })

  it('says how sure it is in three words', () => {
    expect([95, 70, 10].map(figure => sureness(figure).word)).toEqual(['sure', 'check', 'guess'])
  })
})

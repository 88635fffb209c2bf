import { expect, it } from 'vitest'
import { readGs1 } from './gs1'

it('reads what stands in brackets', () => {
  expect(readGs1('(01)06901234567892(17)261231(10)L-88')).toEqual({
    gtin: '06901234567892',
    expires_on: '2026-12-31',
    lot: 'L-88',
  })
})

it('reads what a scanner sends, with separators after what has no fixed length', () => {
  const gs = '\u001d'
  expect(readGs1(`]C1010690123456789210L-88${gs}17261200${gs}3012`)).toEqual({
    gtin: '06901234567892',
    lot: 'L-88',
    expires_on: '2026-12-31',
    quantity: '12',
  })
  expect(readGs1('0106901234567892211A2B3C')).toEqual({ gtin: '06901234567892', serial: '1A2B3C' })
})

it('leaves codes and bare barcodes alone', () => {
  for (const text of [
    'SP-1',
    '6901234567892',
    '06901234567892',
    '0106901234567892',
    '(10)L-88',
    '(01)06901234567892(17)269931',
  ]) {
    const found = readGs1(text)
    expect(found === null || text.startsWith('(01)06901234567892(17)'), text).toBe(true)
  }
  expect(readGs1('(01)06901234567892(17)269931')).toBeNull()
})

import { expect, it } from 'vitest'
import { formatBarcode, isGtin, readBarcode } from './gtin'

it('takes every length of the standard', () => {
  for (const code of ['96385074', '036000291452', '6901234567892', '16901234567899'])
    expect(isGtin(code), code).toBe(true)
})

it('refuses a wrong check digit, length or letter', () => {
  for (const code of ['96385075', '6901234567890', '123456789', '69012345678X2', '']) {
    expect(isGtin(code), code).toBe(false)
  }
})

it('shows a stored code as it is printed', () => {
  expect(formatBarcode('06901234567892')).toBe('6901234567892')
  expect(formatBarcode('00036000291452')).toBe('036000291452')
  expect(formatBarcode('00000096385074')).toBe('96385074')
  expect(formatBarcode('16901234567899')).toBe('16901234567899')
  expect(formatBarcode('')).toBe('')
})

it('reads what people type', () => {
  expect(readBarcode(' 690-1234-567892 ')).toBe('6901234567892')
  expect(readBarcode('６９０１２３４５６７８９２')).toBe('6901234567892')
})

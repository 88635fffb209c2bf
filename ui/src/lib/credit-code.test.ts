import { expect, it } from 'vitest'
import { isCreditCode, readCreditCode } from './credit-code'

it('takes codes whose check character is right', () => {
  for (const code of ['91350100M000100Y43', '91330106673959654P', '914403001922038216']) {
    expect(isCreditCode(code), code).toBe(true)
  }
})

it('refuses a wrong check character, length or letter', () => {
  for (const code of ['91350100M000100Y44', '91350100M000100Y4', '91350100M000100I43', '']) {
    expect(isCreditCode(code), code).toBe(false)
  }
})

it('reads what people type', () => {
  expect(readCreditCode(' 91350100 m000100y43 ')).toBe('91350100M000100Y43')
  expect(readCreditCode('９１３５０１００Ｍ０００１００Ｙ４３')).toBe('91350100M000100Y43')
})

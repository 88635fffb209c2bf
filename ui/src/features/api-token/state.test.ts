import { expect, it } from 'vitest'
import { stateOn } from './TokensPage'

it('works until its last day is over, or until it is revoked', () => {
  expect(stateOn({ revoked: false, expires_on: null }, '2026-11-21')).toBe('active')
  expect(stateOn({ revoked: false, expires_on: '2026-11-21' }, '2026-11-21')).toBe('active')
  expect(stateOn({ revoked: false, expires_on: '2026-11-20' }, '2026-11-21')).toBe('expired')
  expect(stateOn({ revoked: true, expires_on: null }, '2026-11-21')).toBe('revoked')
})

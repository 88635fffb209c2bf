import { expect, test } from 'vitest'
import { otherMonth } from './queries'

test('months go over the end of the year', () => {
  expect(otherMonth('2026-11', 1)).toBe('2026-12')
  expect(otherMonth('2026-12', 1)).toBe('2027-01')
  expect(otherMonth('2026-01', -1)).toBe('2025-12')
})

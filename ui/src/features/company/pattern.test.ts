import { expect, it } from 'vitest'
import { exampleNumber } from './pattern'

const on = (pattern: string) => exampleNumber(pattern, '2026-11-21')

it('shows the first number of a pattern', () => {
  expect(on('SO{yyyy}{000000}')).toBe('SO2026000001')
  expect(on('{yy}{mm}{dd}-{000}')).toBe('261121-001')
})

it('finds what the server would refuse', () => {
  for (const pattern of [
    '',
    'SO{yyyy}',
    'SO{000}{000}',
    'SO{year}{000}',
    '订单{000}',
    'SO{yyyy',
    `${'A'.repeat(40)}{0}`,
  ]) {
    expect(on(pattern), pattern).toBeNull()
  }
})

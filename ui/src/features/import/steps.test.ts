import { expect, it } from 'vitest'
import type { Mapping } from '@/lib/api/types'
import { stepOf } from './Steps'

const mapping: Mapping = { name: 'x', title: {}, as: 'draft', apostrophe: false, table: {}, source: [] }

it('stands at the columns until a mapping fits, and at the check until nothing is wrong', () => {
  expect(stepOf({ state: 'preview', mapping: null, error_count: 1 })).toBe(1)
  expect(stepOf({ state: 'preview', mapping, error_count: 3 })).toBe(2)
  expect(stepOf({ state: 'preview', mapping, error_count: 0 })).toBe(3)
  expect(stepOf({ state: 'running', mapping, error_count: 0 })).toBe(3)
  expect(stepOf({ state: 'done', mapping, error_count: 0 })).toBe(4)
})

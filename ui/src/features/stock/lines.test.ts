import { expect, it } from 'vitest'
import type { Product } from '@/lib/api/types'
import { counted } from './lines'

const product = { id: 'p1', code: 'SP-1', name: '毛巾', unit: '条' } as Product
const other = { ...product, id: 'p2', code: 'SP-2' } as Product

it('counts a line up, and puts a new one first', () => {
  const one = counted([], product, '1')
  expect(one).toEqual([{ product_id: 'p1', code: 'SP-1', name: '毛巾', unit: '条', quantity: '1' }])
  const two = counted(counted(one, product, '1.5'), other, '3')
  expect(two.map(line => [line.product_id, line.quantity])).toEqual([
    ['p2', '3'],
    ['p1', '2.5'],
  ])
})

it('counts from nothing where no number was typed', () => {
  const line = { product_id: 'p1', code: 'SP-1', name: '毛巾', unit: '条', quantity: 'abc' }
  expect(counted([line], product, '2')[0]?.quantity).toBe('2')
})

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

it('gives each scanned lot its line, and each piece with a serial number', () => {
  const one = counted(counted([], product, '1', { lot: 'A', expires_on: '2026-12-31' }), product, '2', { lot: 'B' })
  expect(counted(one, product, '3', { lot: 'A' }).map(line => [line.lot, line.quantity])).toEqual([
    ['B', '2'],
    ['A', '4'],
  ])
  const piece = { ...product, tracking: 'serial' } as Product
  const pieces = counted(counted([], piece, '5', { serial: 'S1' }), piece, '1', { serial: 'S2' })
  expect(pieces.map(line => [line.lot, line.quantity])).toEqual([
    ['S2', '1'],
    ['S1', '1'],
  ])
})

import { expect, test } from 'vitest'
import { ApiProblem } from '@/lib/api/problem'
import { counted, placed, sentLines, type Values } from './arrival'
import type { PurchaseLine } from './queries'

function line(line_no: number, product: string, open: string): PurchaseLine {
  const quantity = { value: open, unit: '台' }
  return { line_no, product: { id: product, code: product, name: product }, open: quantity } as PurchaseLine
}

const open = [line(1, 'a', '2'), line(3, 'b', '5'), line(4, 'a', '9')]
function values(...quantities: (string | null)[]): Values {
  return { received_on: null, reference: '', note: '', lines: quantities.map(quantity => ({ quantity })) }
}

test('a scanned product counts on its first line that is not full', () => {
  expect(counted(open, values(null, null, null), 'a')).toEqual({ index: 0, quantity: '1' })
  expect(counted(open, values('2', null, null), 'a')).toEqual({ index: 2, quantity: '1' })
  expect(counted(open, values('2', null, '9'), 'a')).toEqual({ index: 2, quantity: '10' })
  expect(counted(open, values('', '1.5', null), 'b')).toEqual({ index: 1, quantity: '2.5' })
  expect(counted(open, values(), 'c')).toBeNull()
})

test('only what came is sent, and what is wrong with it stands at its line', () => {
  const sent = sentLines(open, values('0', null, '12'))
  expect(sent).toEqual([{ line_no: 4, quantity: '12' }])
  const problem = Object.create(ApiProblem.prototype) as ApiProblem
  Object.assign(problem, { errors: [{ pointer: '/lines/0/quantity', code: 'x', message: 'm' }] })
  placed(problem, open, sent)
  expect(problem.errors[0]?.pointer).toBe('/lines/2/quantity')
})

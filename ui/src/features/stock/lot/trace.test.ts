import { expect, it } from 'vitest'
import type { LotStep } from '@/lib/api/types'
import { traceOf } from './trace'

const step = (lot: string, depth: number, kind: string, paper: string, customer?: string) =>
  ({
    lot: { id: lot, number: lot },
    product: { id: 'p', name: 'P' },
    depth,
    kind,
    paper: { id: paper, number: paper },
    warehouse: 'W',
    customer: customer ? { id: customer, name: customer } : null,
    order: null,
  }) as unknown as LotStep

it('goes from the paper that brought it over what was made of it to who has it', () => {
  const trace = traceOf([
    step('milk', -1, 'receipt', 'R1'),
    step('milk', -1, 'consume', 'R2'),
    step('cheese', 0, 'receipt', 'R2'),
    step('cheese', 0, 'issue', 'D1', 'Ann'),
    step('cheese', 0, 'issue', 'D2', 'Bob'),
  ])
  expect(trace.nodes.map(node => [node.key, node.column, node.row])).toEqual([
    ['lot milk', 1, 0],
    ['paper R1', 0, 0],
    ['lot cheese', 2, 0],
    ['customer Ann', 3, 0],
    ['customer Bob', 3, 1],
  ])
  expect(trace.links).toContainEqual({ from: 'lot milk', to: 'lot cheese' })
  expect(trace.links).toHaveLength(4)
  expect([trace.columns, trace.rows]).toEqual([4, 2])
})

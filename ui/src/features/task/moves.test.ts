import { expect, test } from 'vitest'
import { wayTo, wayToPerson } from './moves'

test('a card goes where a step leads, and nowhere else', () => {
  expect(wayTo({ status: 'accepted' }, 'in_progress')).toEqual({ verb: 'start' })
  expect(wayTo({ status: 'open' }, 'offered')).toEqual({ verb: 'offer', asks: 'person' })
  expect(wayTo({ status: 'delivered' }, 'in_progress')?.asks).toBe('reason')
  expect(wayTo({ status: 'open' }, 'done')).toBeNull()
  expect(wayTo({ status: 'done' }, 'open')).toBeNull()
})

test('a task is offered while nobody has it, handed over while somebody has, and then stays', () => {
  expect(wayToPerson({ status: 'offered' })?.verb).toBe('offer')
  expect(wayToPerson({ status: 'in_progress' })).toEqual({ verb: 'hand-over', asks: 'reason' })
  expect(wayToPerson({ status: 'delivered' })).toBeNull()
})

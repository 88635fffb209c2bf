import { expect, it } from 'vitest'
import { phaseOf } from './absences'

it('tells whether an absence lies ahead, lasts or is over', () => {
  const absence = { from_on: '2026-11-20', to_on: '2026-11-22' }
  const phases = ['2026-11-19', '2026-11-20', '2026-11-22', '2026-11-23'].map(day => phaseOf(absence, day))
  expect(phases).toEqual(['ahead', 'now', 'now', 'over'])
})

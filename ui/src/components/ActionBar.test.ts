import { describe, expect, it } from 'vitest'
import type { Action, Gate } from '@/lib/api/types'
import { arrange, type Verb } from './ActionBar'

const gate: Gate = { code: 'g', message: '未结清', missing: [], of_rules: false, override_by: [] }
const action = (verb: Action['verb'], allowed: boolean, gates: Gate[] = []): Action => ({
  verb,
  name: verb,
  needs_reason: false,
  allowed,
  code: null,
  message: null,
  gates,
})
const verb = (name: string, extra: Partial<Verb> = {}): Verb => ({
  verb: name,
  label: name,
  run: () => undefined,
  ...extra,
})

describe('arrange', () => {
  const verbs = [
    verb('submit'),
    verb('ship'),
    verb('close'),
    verb('copy', { quiet: true }),
    verb('cancel', { danger: true }),
  ]
  const names = (placed: { verb: Verb }[]) => placed.map(item => item.verb.verb)

  it('puts what may be done first, danger last, then what waits for facts; hides nothing', () => {
    const { shown, more } = arrange(
      [
        action('submit', false),
        action('ship', true),
        action('close', false, [gate]),
        action('copy', true),
        action('cancel', true),
      ],
      verbs,
      4,
    )
    expect(names(shown)).toEqual(['ship', 'copy', 'cancel', 'close'])
    expect(names(more)).toEqual(['submit'])
  })

  it('draws only what the server offers', () => {
    const { shown, more } = arrange([action('ship', true)], verbs, 4)
    expect(names([...shown, ...more])).toEqual(['ship'])
  })
})

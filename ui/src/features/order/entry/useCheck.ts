/** What the server says of an entry while it is typed: prices with their source, availability, totals, errors. */
import { useEffect, useMemo, useRef, useState } from 'react'
import { post } from '@/lib/api/client'
import { ApiProblem } from '@/lib/api/problem'
import type {
  CheckedLine,
  Credit,
  FieldError,
  OrderCheck,
  OrderContract,
  OrderTotals,
  ProposedContract,
} from '@/lib/api/types'
import { type Entry, inProgress, sentLines, toInput } from './model'

export interface Checked {
  lines: Map<string, CheckedLine>
  totals: OrderTotals | null
  credit: Credit | null
  /** The contract it would be placed under, and the one that is proposed. */
  contract: OrderContract | null
  proposed: ProposedContract | null
  /** Errors of the head by field name. */
  head: Map<string, string>
  /** Errors of lines by line key, then by field. */
  lineErrors: Map<string, Map<string, string>>
  count: number
}

export const UNCHECKED: Checked = {
  lines: new Map(),
  totals: null,
  credit: null,
  contract: null,
  proposed: null,
  head: new Map(),
  lineErrors: new Map(),
  count: 0,
}

/** Sorts errors by pointer to the head's fields and to the lines as they were sent. */
export function sortErrors(errors: FieldError[], keys: string[]) {
  const head = new Map<string, string>()
  const lines = new Map<string, Map<string, string>>()
  for (const error of errors) {
    const [, group, index, field] = error.pointer.split('/')
    const key = group === 'lines' && index !== undefined ? keys[Number(index)] : undefined
    if (key) {
      const mine = lines.get(key) ?? new Map<string, string>()
      if (!mine.has(field ?? '')) mine.set(field ?? '', error.message)
      lines.set(key, mine)
    } else if (group && !head.has(group)) head.set(group, error.message)
  }
  return { head, lines }
}

function checkedOf(answer: OrderCheck, keys: string[]): Checked {
  const sorted = sortErrors(answer.errors, keys)
  return {
    lines: new Map(
      answer.lines.flatMap(line => {
        const key = keys[line.line_no - 1]
        return key ? [[key, line] as const] : []
      }),
    ),
    totals: answer.totals,
    credit: answer.credit,
    contract: answer.contract ?? null,
    proposed: answer.proposed_contract ?? null,
    head: sorted.head,
    lineErrors: sorted.lines,
    count: new Set(answer.errors.map(error => error.pointer)).size,
  }
}

/** After so much of a pause it is asked, in milliseconds. */
const WAIT = 300

/** Who types on without a pause is not kept waiting longer than this. */
const AT_MOST = 900

/**
 * Asks after each pause in typing, and now and then while there is none; the last answer stands until the next, and `checking` says that it is
 * about an earlier entry. One request is under way at a time. The quotation of the draft `order` holds its prices.
 */
export function useCheck(entry: Entry, order?: string): { checked: Checked; checking: boolean } {
  const [checked, setChecked] = useState(UNCHECKED)
  const [answered, setAnswered] = useState('')
  const [underWay, setUnderWay] = useState(false)
  const since = useRef(0)
  const ready = entry.head.customer !== null
  const { keys, body, text } = useMemo(() => {
    const lines = sentLines(entry).filter(line => !inProgress(line))
    const body = toInput(entry, lines)
    return { keys: lines.map(line => line.key), body, text: JSON.stringify(body) }
  }, [entry])
  // What is typed into a field that is not sent yet changes nothing here, so it does not put off the answer to the rest.
  // biome-ignore lint/correctness/useExhaustiveDependencies: body and keys are what text says
  useEffect(() => {
    if (!ready || underWay || text === answered) return
    since.current ||= Date.now()
    const timer = setTimeout(
      async () => {
        since.current = 0
        setUnderWay(true)
        try {
          const query = order ? { order } : undefined
          setChecked(checkedOf(await post<OrderCheck>('/orders/check', body, { query }), keys))
        } catch (error) {
          if (error instanceof ApiProblem && error.errors.length > 0) {
            const { head, lines } = sortErrors(error.errors, keys)
            setChecked(previous => ({ ...previous, head, lineErrors: lines, count: error.errors.length }))
          }
        }
        setAnswered(text)
        setUnderWay(false)
      },
      Math.min(WAIT, since.current + AT_MOST - Date.now()),
    )
    return () => clearTimeout(timer)
  }, [text, ready, underWay, answered, order])
  return { checked, checking: ready && answered !== text }
}

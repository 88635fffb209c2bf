/** What the server says of an entry while it is typed: prices with their source, availability, totals, errors. */
import { useEffect, useRef, useState } from 'react'
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

const WAIT = 300

/** Asks after each pause in typing; the last answer stands until the next, and `checking` says that it is about an earlier entry. The quotation of the draft `order` holds its prices. */
export function useCheck(entry: Entry, order?: string): { checked: Checked; checking: boolean } {
  const [checked, setChecked] = useState(UNCHECKED)
  const [answered, setAnswered] = useState<Entry | null>(null)
  const asked = useRef('')
  const ready = entry.head.customer !== null
  useEffect(() => {
    if (!ready) return
    const controller = new AbortController()
    const timer = setTimeout(() => {
      const lines = sentLines(entry).filter(line => !inProgress(line))
      const body = toInput(entry, lines)
      const text = JSON.stringify(body)
      if (text === asked.current) {
        setAnswered(entry)
        return
      }
      const keys = lines.map(line => line.key)
      post<OrderCheck>('/orders/check', body, { signal: controller.signal, query: order ? { order } : undefined })
        .then(answer => {
          asked.current = text
          setChecked(checkedOf(answer, keys))
          setAnswered(entry)
        })
        .catch((error: unknown) => {
          if (controller.signal.aborted) return
          if (error instanceof ApiProblem && error.errors.length > 0) {
            const sorted = sortErrors(error.errors, keys)
            setChecked(previous => ({
              ...previous,
              head: sorted.head,
              lineErrors: sorted.lines,
              count: error.errors.length,
            }))
          }
          setAnswered(entry)
        })
    }, WAIT)
    return () => {
      clearTimeout(timer)
      controller.abort()
    }
  }, [entry, ready, order])
  return { checked, checking: ready && answered !== entry }
}

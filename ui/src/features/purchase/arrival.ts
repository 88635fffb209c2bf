/** What came in while it is counted, and what is sent of it. */
import type { ApiProblem } from '@/lib/api/problem'
import { add, isDecimal, isZero } from '@/lib/decimal'
import type { PurchaseLine } from './queries'

export interface Values {
  received_on: string | null
  reference: string
  note: string
  lines: { quantity: string | null }[]
}

type Sent = { line_no: number; quantity: string }[]

/** The lines of which something came. */
export function sentLines(open: PurchaseLine[], values: Values): Sent {
  return open.flatMap((line, at) => {
    const quantity = values.lines[at]?.quantity
    return quantity && !(isDecimal(quantity) && isZero(quantity)) ? [{ line_no: line.line_no, quantity }] : []
  })
}

/** Moves what is wrong from the places that were sent to those that are shown. */
export function placed(problem: ApiProblem, open: PurchaseLine[], sent: Sent): void {
  for (const field of problem.errors) {
    field.pointer = field.pointer.replace(/^\/lines\/(\d+)\/\w+$/, (whole, place: string) => {
      const at = open.findIndex(line => line.line_no === sent[Number(place)]?.line_no)
      return at < 0 ? whole : `/lines/${at}/quantity`
    })
  }
}

/** The line a scanned product counts on, with one more: the first that is not full yet, else the last one of it. */
export function counted(
  open: PurchaseLine[],
  values: Values,
  product: string,
): { index: number; quantity: string } | null {
  const of = open.flatMap((line, index) => (line.product.id === product ? [index] : []))
  const now = (index: number) => {
    const typed = values.lines[index]?.quantity
    return typed && isDecimal(typed) ? typed : '0'
  }
  const free = of.find(index => Number(now(index)) < Number(open[index]?.open.value ?? '0'))
  const index = free ?? of.at(-1)
  return index === undefined ? null : { index, quantity: add(now(index), '1') }
}

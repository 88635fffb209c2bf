import { ApiProblem } from '@/lib/api/problem'
import type { ReceiptLine } from './receive'

/** The lines are one field of the form: what is wrong with one of them is said below them, with the product it is about. */
export function atLines(error: unknown, lines: ReceiptLine[]): never {
  if (error instanceof ApiProblem) {
    const place = (pointer: string) => /^\/lines\/(\d+)/.exec(pointer)?.[1]
    const own = error.errors.filter(field => place(field.pointer) !== undefined)
    const told = own.map(field => `${lines[Number(place(field.pointer))]?.name ?? ''} ${field.message}`.trim())
    const first = own[0]
    if (first) {
      const others = error.errors.filter(field => !own.includes(field))
      error.errors.splice(0, error.errors.length, ...others, { ...first, pointer: '/lines', message: told.join('；') })
    }
  }
  throw error
}

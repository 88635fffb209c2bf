/** What was read of a message while a person corrects it, and what goes out when it is confirmed. */
import type { Channel, IntakeConfirmation, IntakeLine, IntakeProductGuess, IntakeReading, Tone } from '@/lib/api/types'

/** A line as it is to be ordered. */
export interface FormLine {
  key: number
  read: IntakeLine
  product: { id: string; code?: string; name: string; spec?: string } | null
  unit: string
  quantity: string
  /** The unit that was said means the product's from now on. */
  sameUnit: boolean
}

/** The fields of the head that a message may say. */
export const TEXT_FIELDS = ['contact_name', 'contact_phone', 'delivery_address', 'customer_po', 'packing'] as const
export type TextField = (typeof TEXT_FIELDS)[number]

export interface Form {
  customer: { id: string; code?: string; name: string } | null
  channel: string | null
  required_on: string | null
  texts: Record<TextField, string>
  lines: FormLine[]
}

/** From here on a field is trusted; below the second it is a guess. */
const SURE = 80
const LIKELY = 60

/** How sure something is, as one colour and word everywhere. */
export function sureness(confidence: number): { tone: Tone; word: 'sure' | 'check' | 'guess' } {
  if (confidence >= SURE) return { tone: 'done', word: 'sure' }
  return confidence >= LIKELY ? { tone: 'risk', word: 'check' } : { tone: 'late', word: 'guess' }
}

const plain = (guess: IntakeProductGuess) => ({ id: guess.id, code: guess.code, name: guess.name, spec: guess.spec })

export function formOf(reading: IntakeReading, text: string): Form {
  const best = reading.customer.best
  return {
    customer: best && { id: best.id, code: best.code, name: best.name },
    channel: /^\s*(from|发件人|發件人|寄件人|寄件者)\s*[:：]/im.test(text) ? 'email' : null,
    required_on: reading.required_on?.value ?? null,
    texts: Object.fromEntries(TEXT_FIELDS.map(field => [field, reading[field]?.value ?? ''])) as Form['texts'],
    lines: reading.lines.map((read, key) => ({
      key,
      read,
      product: read.product ? plain(read.product) : null,
      unit: read.sold_unit || (read.product?.unit ?? read.said_unit),
      quantity: read.quantity,
      sameUnit: false,
    })),
  }
}

/** Whether a line names another product than was read. */
export const corrected = (line: FormLine) => line.product !== null && line.product.id !== line.read.product?.id

/** What is sent to be kept as a draft. */
export function confirmationOf(text: string, reading: IntakeReading, form: Form): IntakeConfirmation {
  const lines = form.lines.map(line => ({
    product_id: line.product?.id ?? '',
    quantity:
      line.read.sold_unit && line.unit === line.read.sold_unit
        ? { value: line.quantity, unit: line.unit }
        : line.quantity,
    ...(line.read.unit_price ? { unit_price: line.read.unit_price } : {}),
  }))
  const products = form.lines.filter(corrected).map(line => ({
    kind: 'product' as const,
    said: line.read.phrase,
    means: line.product?.id ?? '',
    only_this_customer: true,
  }))
  const units = form.lines
    .filter(line => line.sameUnit && line.read.said_unit && line.unit)
    .map(line => ({ kind: 'unit' as const, said: line.read.said_unit, means: line.unit, only_this_customer: true }))
  const other = form.customer && form.customer.id !== reading.customer.best?.id && reading.customer.phrase
  const customers = other
    ? [
        {
          kind: 'customer' as const,
          said: reading.customer.phrase,
          means: form.customer?.id ?? '',
          only_this_customer: false,
        },
      ]
    : []
  const texts = Object.fromEntries(Object.entries(form.texts).map(([field, value]) => [field, value.trim() || null]))
  return {
    text,
    order: {
      ...texts,
      customer_id: form.customer?.id ?? '',
      ...(form.channel ? { channel: form.channel as Channel } : {}),
      required_on: form.required_on,
      lines,
    },
    corrections: [...customers, ...products, ...units],
    // A quantity is a number by now; a day that was left open and a drawing are still to be asked for.
    vague: reading.vague
      .filter(word => word.field !== 'quantity')
      .map(word => ({ field: word.field, said: word.said })),
  }
}

export interface Mark {
  start: number
  end: number
  field: string
  tone: Tone
}

/** The places of the message that were understood, in order and apart; of two that overlap the first stays. */
export function marksOf(reading: IntakeReading): Mark[] {
  const marks: Mark[] = []
  const add = (field: string, span: { start: number; end: number } | null | undefined, tone: Tone) => {
    if (span && span.end > span.start) marks.push({ ...span, field, tone })
  }
  const { customer, lines, vague } = reading
  if (customer.best) add('customer', customer.span, sureness(customer.best.confidence).tone)
  for (const field of ['required_on', ...TEXT_FIELDS] as const) {
    const found = reading[field]
    if (found) add(field, found.span, sureness(found.confidence).tone)
  }
  lines.forEach((line, place) => {
    add(`line-${place}`, line.span, sureness(line.product?.confidence ?? 0).tone)
  })
  for (const word of vague) add('vague', word.span, 'risk')
  marks.sort((a, b) => a.start - b.start || b.end - a.end)
  let last = 0
  return marks.filter(mark => {
    if (mark.start < last) return false
    last = mark.end
    return true
  })
}

export interface Piece {
  text: string
  at: number
  mark: Mark | null
}

/** The message cut into pieces: what was understood, and what lies between. Places count characters, not UTF-16 units. */
export function piecesOf(text: string, marks: Mark[]): Piece[] {
  const letters = Array.from(text)
  const pieces: Piece[] = []
  let at = 0
  const take = (end: number, mark: Mark | null) => {
    if (end > at) pieces.push({ text: letters.slice(at, end).join(''), at, mark })
    at = Math.max(at, end)
  }
  for (const mark of marks) {
    take(mark.start, null)
    take(mark.end, mark)
  }
  take(letters.length, null)
  return pieces
}

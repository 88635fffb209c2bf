/** The rows of the form of a change order, and what is sent of them. */
import type { ChangeItemInput, ChangeKind, ChangeOrder, Order } from '@/lib/api/types'
import { type ChargeEntry, chargesOf, sentCharges } from '@/lib/charges'

export interface Row {
  key: number
  kind: ChangeKind
  line_no: number | null
  product_id: string | null
  product_name: string
  quantity: string
  /** The unit of quantity and price; empty: the base unit. */
  unit: string
  choices: string[]
  unit_price: string
  discount_rate: string
  date: string | null
  delivery_address: string
  receiver: string
  contact_name: string
  contact_phone: string
  packing: string
  charges: ChargeEntry[]
  freight: string
  settlement: string | null
  deposit_rate: string
}

export const OF_LINE: ChangeKind[] = ['quantity', 'drop_line', 'swap_product', 'price', 'configuration']
export const DATES: ChangeKind[] = ['required_on', 'promised_on', 'planned_ship_on', 'expected_on']

let keys = 0

/** A row of this kind with what the order says now, so that one only types what differs. */
export function rowOf(kind: ChangeKind, order: Order): Row {
  keys += 1
  const line = order.lines[0]
  return {
    key: keys,
    kind,
    line_no: OF_LINE.includes(kind) && order.lines.length === 1 ? (line?.line_no ?? null) : null,
    product_id: null,
    product_name: '',
    quantity: '',
    unit: '',
    choices: [],
    unit_price: '',
    discount_rate: '',
    date: null,
    delivery_address: kind === 'address' ? order.delivery_address : '',
    receiver: kind === 'address' ? order.receiver : '',
    contact_name: kind === 'address' ? order.contact_name : '',
    contact_phone: kind === 'address' ? order.contact_phone : '',
    packing: kind === 'packing' ? order.packing : '',
    charges: kind === 'charges' ? chargesOf(order.charges) : [],
    freight: kind === 'charges' ? order.freight.amount : '',
    settlement: kind === 'settlement' ? order.settlement : null,
    deposit_rate: kind === 'settlement' ? order.deposit_rate : '',
  }
}

/** The rows of a draft. */
export function rowsOf(change: ChangeOrder, order: Order): Row[] {
  return change.changes.map(item => ({
    ...rowOf(item.kind, order),
    line_no: item.line_no,
    product_id: item.product?.id ?? null,
    product_name: item.product?.name ?? '',
    quantity: item.quantity ?? '',
    unit: item.unit ?? '',
    choices: item.choices ?? [],
    unit_price: item.unit_price ?? '',
    discount_rate: item.discount_rate ?? '',
    date: item.date,
    delivery_address: item.delivery_address ?? '',
    receiver: item.receiver ?? '',
    contact_name: item.contact_name ?? '',
    contact_phone: item.contact_phone ?? '',
    packing: item.packing ?? '',
    charges: chargesOf(item.charges ?? []),
    freight: item.freight ?? '',
    settlement: item.settlement,
    deposit_rate: item.deposit_rate ?? '',
  }))
}

/** Whether everything a row needs is there. */
export function isWhole(row: Row): boolean {
  if (OF_LINE.includes(row.kind) && row.line_no === null) return false
  if (row.kind === 'quantity') return row.quantity !== ''
  if (row.kind === 'add_line') return row.product_id !== null && row.quantity !== ''
  if (row.kind === 'swap_product') return row.product_id !== null
  if (row.kind === 'price') return row.unit_price !== '' || row.discount_rate !== ''
  if (DATES.includes(row.kind)) return row.date !== null
  if (row.kind === 'settlement') return row.settlement !== null
  return true
}

/** A row as it is sent: only what its kind takes. */
export function sentOf(row: Row): ChangeItemInput {
  const line = { kind: row.kind, line_no: row.line_no ?? undefined }
  const price = row.unit_price === '' ? {} : { unit_price: row.unit_price }
  const much = row.unit ? { value: row.quantity, unit: row.unit } : row.quantity
  const quantity = row.quantity === '' ? {} : { quantity: much }
  const choices = row.choices.length > 0 ? { choices: row.choices } : {}
  switch (row.kind) {
    case 'quantity':
      return { ...line, quantity: much }
    case 'drop_line':
      return line
    case 'add_line':
      return { kind: row.kind, product_id: row.product_id ?? '', quantity: much, ...price, ...choices }
    case 'swap_product':
      return { ...line, product_id: row.product_id ?? '', ...quantity, ...price, ...choices }
    case 'configuration':
      return { ...line, choices: row.choices }
    case 'price':
      return { ...line, ...price, ...(row.discount_rate === '' ? {} : { discount_rate: row.discount_rate }) }
    case 'address': {
      const { kind, delivery_address, receiver, contact_name, contact_phone } = row
      return { kind, delivery_address, receiver, contact_name, contact_phone }
    }
    case 'packing':
      return { kind: row.kind, packing: row.packing }
    case 'charges':
      return {
        kind: row.kind,
        charges: sentCharges(row.charges),
        ...(row.freight === '' ? {} : { freight: row.freight }),
      }
    case 'settlement':
      return {
        kind: row.kind,
        settlement: row.settlement as ChangeItemInput['settlement'],
        ...(row.deposit_rate === '' ? {} : { deposit_rate: row.deposit_rate }),
      }
    default:
      return { kind: row.kind, date: row.date ?? '' }
  }
}

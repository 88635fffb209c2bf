/** What an entry of the price book is while it is edited, and how it is sent. */
import type { Price } from '@/lib/api/types'
import { trim } from '@/lib/decimal'

export interface PriceInput {
  product_id: string
  customer_id: string | null
  grade: string | null
  category: string | null
  channel: string | null
  currency: string | null
  min_quantity: string | null
  unit_price: string | null
  valid_from: string | null
  valid_to: string | null
}

export function inputOf(price: Price): PriceInput {
  return {
    product_id: price.product.id,
    customer_id: price.customer?.id ?? null,
    grade: price.grade,
    category: price.category,
    channel: price.channel,
    currency: price.unit_price.currency,
    min_quantity: trim(price.min_quantity.value),
    unit_price: trim(price.unit_price.amount),
    valid_from: price.valid_from,
    valid_to: price.valid_to,
  }
}

export type PriceState = 'valid' | 'coming' | 'past'

/** Whether an entry holds on a day. */
export function stateOn(price: Pick<Price, 'valid_from' | 'valid_to'>, day: string): PriceState {
  if (price.valid_from > day) return 'coming'
  return price.valid_to !== null && price.valid_to < day ? 'past' : 'valid'
}

/** What a promotion is while it is written, and how it is sent. */
import type { Promotion, PromotionInput } from '@/lib/api/types'
import { trim } from '@/lib/decimal'
import { today } from '@/lib/format'

export const EFFECTS = ['line_percent', 'unit_off', 'order_percent', 'order_amount', 'free_units'] as const

type Text = string | null

export interface PromotionValues {
  code: string
  names: { 'zh-CN': string; 'zh-TW': string; en: string }
  valid_from: string
  valid_to: Text
  effect: string
  percent: Text
  unit_off: Text
  amount: Text
  buy: Text
  free: Text
  most_free: Text
  min_quantity: Text
  min_goods: Text
  products: { product_id: Text }[]
  customer_id: Text
  grade: Text
  category: Text
  channel: Text
  currency: string
  priority: Text
  limit_total: Text
  limit_customer: Text
  combinable: boolean
}

/** A figure to be typed over; nothing where it is zero. */
const figure = (value: string | null | undefined): Text => (value && Number(value) !== 0 ? trim(value) : null)

export function valuesOf(promotion: Promotion | undefined, books: string): PromotionValues {
  const one = promotion
  return {
    code: one?.code ?? '',
    names: { 'zh-CN': '', 'zh-TW': '', en: '', ...one?.names },
    valid_from: one?.valid_from ?? today(),
    valid_to: one?.valid_to ?? null,
    effect: one?.effect ?? 'line_percent',
    percent: figure(one?.percent),
    unit_off: figure(one?.unit_off.amount),
    amount: figure(one?.amount.amount),
    buy: figure(one?.buy),
    free: figure(one?.free),
    most_free: figure(one?.most_free),
    min_quantity: figure(one?.min_quantity),
    min_goods: figure(one?.min_goods.amount),
    products: (one?.products ?? []).map(product => ({ product_id: product.id })),
    customer_id: one?.customer?.id ?? null,
    grade: one?.grade ?? null,
    category: one?.category ?? null,
    channel: one?.channel ?? null,
    currency: one?.currency ?? books,
    priority: figure(String(one?.priority ?? 0)),
    limit_total: figure(String(one?.limit_total ?? 0)),
    limit_customer: figure(String(one?.limit_customer ?? 0)),
    combinable: one?.combinable ?? false,
  }
}

/** As it is sent: only the figures of its effect. */
export function sentOf(values: PromotionValues): PromotionInput {
  const of = (effects: string[], value: Text) => (effects.includes(values.effect) ? value : null)
  return {
    ...values,
    valid_to: values.valid_to ?? '',
    percent: of(['line_percent', 'order_percent'], values.percent),
    unit_off: of(['unit_off'], values.unit_off),
    amount: of(['order_amount'], values.amount),
    buy: of(['free_units'], values.buy),
    free: of(['free_units'], values.free),
    most_free: of(['free_units'], values.most_free),
    products: values.products.flatMap(row => (row.product_id ? [row.product_id] : [])),
    priority: Number(values.priority ?? 0),
    limit_total: Number(values.limit_total ?? 0),
    limit_customer: Number(values.limit_customer ?? 0),
  } as PromotionInput
}

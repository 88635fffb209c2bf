/** What a rebate agreement is while it is written, and how it is sent. */
import type { Rebate, RebateInput } from '@/lib/api/types'
import { trim } from '@/lib/decimal'
import { today } from '@/lib/format'

export const BASES = ['amount', 'quantity'] as const

type Text = string | null

export interface RebateValues {
  number: string
  customer_id: Text
  valid_from: string
  valid_to: Text
  basis: string
  currency: string
  products: { product_id: Text }[]
  tiers: { from: Text; gives: Text }[]
  whole: boolean
}

export function valuesOf(rebate: Rebate | undefined, books: string): RebateValues {
  const tiers = rebate?.tiers.map(tier => ({
    from: trim(tier.from),
    gives: trim(tier.percent ?? tier.per_unit?.amount ?? '0'),
  }))
  return {
    number: rebate?.number ?? '',
    customer_id: rebate?.customer.id ?? null,
    valid_from: rebate?.valid_from ?? today(),
    valid_to: rebate?.valid_to ?? null,
    basis: rebate?.basis ?? 'amount',
    currency: rebate?.currency ?? books,
    products: (rebate?.products ?? []).map(product => ({ product_id: product.id })),
    tiers: tiers ?? [{ from: null, gives: null }],
    whole: rebate?.whole ?? true,
  }
}

/** As it is sent: what a tier gives is a share or an amount for each unit, by the basis. */
export function sentOf(values: RebateValues): RebateInput {
  const amount = values.basis === 'amount'
  return {
    ...values,
    customer_id: values.customer_id ?? '',
    valid_to: values.valid_to ?? '',
    products: values.products.flatMap(row => (row.product_id ? [row.product_id] : [])),
    tiers: values.tiers.map(tier => ({
      from: tier.from ?? '0',
      percent: amount ? tier.gives : null,
      per_unit: amount ? null : tier.gives,
    })),
  } as RebateInput
}

/** A quota while it is typed, and what is sent of it. */
import { trim } from '@/lib/decimal'
import type { Quota, QuotaInput } from './queries'

export interface QuotaValues {
  code: string
  name: string
  product_id: string | null
  grade: Quota['grade']
  channel: Quota['channel']
  region: string
  valid_from: string | null
  valid_to: string | null
  quantity: string | null
}

export function valuesOf(quota: Quota | null, product: string | null): QuotaValues {
  return {
    code: quota?.code ?? '',
    name: quota?.name ?? '',
    product_id: quota?.product.id ?? product,
    grade: quota?.grade ?? null,
    channel: quota?.channel ?? null,
    region: quota?.region ?? '',
    valid_from: quota?.valid_from ?? null,
    valid_to: quota?.valid_to ?? null,
    quantity: quota ? trim(quota.quantity.value) : null,
  }
}

export function toSend(values: QuotaValues): QuotaInput {
  return {
    ...values,
    product_id: values.product_id ?? '',
    grade: values.grade ?? null,
    channel: values.channel ?? null,
    valid_from: values.valid_from ?? '',
    valid_to: values.valid_to ?? '',
    quantity: values.quantity ?? '',
  }
}

/** A contract while it is typed, and what is sent of it. */
import type { Contract, ContractInput, ContractTerm, Settlement } from '@/lib/api/types'
import { trim } from '@/lib/decimal'
import { today } from '@/lib/format'

export interface LineForm {
  product_id: string | null
  unit_price: string | null
  quantity: string | null
  note: string
}

export interface ContractForm {
  customer_id: string | null
  customer_ref: string
  title: string
  valid_from: string | null
  valid_to: string | null
  settlement: Settlement | null
  deposit_rate: string | null
  credit_days: number | null
  credit_terms: string
  lead_days: number | null
  delivery_terms: string
  terms: string
  tax_inclusive: boolean
  binding: ContractTerm[]
  lines: LineForm[]
}

export const blankLine: LineForm = { product_id: null, unit_price: null, quantity: null, note: '' }

export function newContract(customer: string | null): ContractForm {
  return {
    customer_id: customer,
    customer_ref: '',
    title: '',
    valid_from: today(),
    valid_to: null,
    settlement: null,
    deposit_rate: null,
    credit_days: null,
    credit_terms: '',
    lead_days: null,
    delivery_terms: '',
    terms: '',
    tax_inclusive: true,
    binding: ['period', 'price'],
    lines: [],
  }
}

export function formOf(contract: Contract): ContractForm {
  return {
    customer_id: contract.customer.id,
    customer_ref: contract.customer_ref,
    title: contract.title,
    valid_from: contract.valid_from,
    valid_to: contract.valid_to,
    settlement: contract.settlement ?? null,
    deposit_rate: contract.deposit_rate ? trim(contract.deposit_rate) : null,
    credit_days: contract.credit_days ?? null,
    credit_terms: contract.credit_terms,
    lead_days: contract.lead_days ?? null,
    delivery_terms: contract.delivery_terms,
    terms: contract.terms,
    tax_inclusive: contract.tax_inclusive,
    binding: contract.binding,
    lines: contract.lines.map(line => ({
      product_id: line.product.id,
      unit_price: trim(line.unit_price.amount),
      quantity: line.quantity ? trim(line.quantity.value) : null,
      note: line.note,
    })),
  }
}

/** What is sent; a line without a quantity agrees on the price only. */
export function toSend(form: ContractForm): ContractInput {
  return {
    ...form,
    customer_id: form.customer_id ?? '',
    valid_from: form.valid_from ?? '',
    valid_to: form.valid_to ?? '',
    currency: null,
    lines: (form.lines ?? []).map(line => ({
      product_id: line.product_id ?? '',
      unit_price: line.unit_price ?? '',
      quantity: line.quantity || null,
      note: line.note ?? '',
    })),
  }
}

/** What the form of a customer holds and sends. */
import type { Customer } from '@/lib/api/types'
import { readCreditCode } from '@/lib/credit-code'

/** The fields of a customer as its form holds them: amounts as plain decimals, the sales representative by id. */
export type CustomerInput = Omit<
  Customer,
  | 'id'
  | 'version'
  | 'active'
  | 'created_at'
  | 'credit'
  | 'owner'
  | 'credit_limit'
  | 'blocked'
  | 'verified'
  | 'verification'
  | 'merged_into'
> & {
  owner_id: string | null
  credit_limit: string | null
  /** Why it is another customer than those it is very like. */
  duplicate_reason: string
  /** Ticked by who has looked; not sent. */
  duplicate_sure?: boolean
}

export const NEW_CONTACT = { name: '', position: '', phone: '', email: '', primary: false }
export const NEW_ADDRESS = {
  label: '',
  receiver: '',
  phone: '',
  country: '',
  province: '',
  city: '',
  district: '',
  street: '',
  postal_code: '',
  default: false,
}

/** A new customer has no credit until somebody who may give it does. */
export function newCustomer(
  currency: string,
  language: Customer['language'],
  owner: string | null,
  mayCredit: boolean,
): CustomerInput {
  return {
    code: '',
    name: '',
    short_name: '',
    credit_code: '',
    grade: 'C',
    channel: 'direct',
    category: 'direct',
    settlement: 'payment_first',
    terms_days: 0,
    deposit_rate: '0',
    credit_limit: mayCredit ? null : '0',
    grace_days: 30,
    currency,
    language,
    tax_inclusive: true,
    owner_id: owner,
    bank: '',
    bank_account: '',
    invoice_title: '',
    invoice_address: '',
    notes: '',
    contacts: [{ ...NEW_CONTACT, primary: true }],
    addresses: [],
    duplicate_reason: '',
  }
}

export function inputOf(customer: Customer): CustomerInput {
  const { id: _, version: __, active: ___, created_at: ____, credit: _____, blocked: ______, ...kept } = customer
  const { owner, credit_limit, verified: _v, verification: _w, merged_into: _m, ...rest } = kept
  return { ...rest, duplicate_reason: '', owner_id: owner?.id ?? null, credit_limit: credit_limit?.amount ?? null }
}

/** What is sent: blank rows left out, the credit code as it is stored, absent choices as the API wants them. */
export function toSend(input: CustomerInput): CustomerInput {
  const blank = (row: object) => Object.values(row).every(value => typeof value !== 'string' || value.trim() === '')
  const { duplicate_sure, ...sent } = input
  return {
    ...sent,
    duplicate_reason: duplicate_sure ? (input.duplicate_reason ?? '') : '',
    credit_code: readCreditCode(input.credit_code ?? ''),
    terms_days: Number(input.terms_days ?? 0),
    grace_days: Number(input.grace_days ?? 30),
    deposit_rate: input.deposit_rate ?? '0',
    owner_id: input.owner_id ?? null,
    contacts: (input.contacts ?? []).filter(row => !blank(row)),
    addresses: (input.addresses ?? []).filter(row => !blank(row)),
  }
}

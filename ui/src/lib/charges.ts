/** Charges and allowances of an order as they are typed, and as they are sent. */
import type { Charge, ChargeInput, Money } from '@/lib/api/types'
import { add, readDecimal, subtract, trim } from '@/lib/decimal'

export interface ChargeEntry {
  kind: Charge['kind']
  text: string
  allowance: boolean
  /** Whether the value is a percentage of the goods. */
  percent: boolean
  value: string
  /** Empty: the rate of most of the goods. */
  tax_rate: string
}

export const CHARGE_KINDS = [
  'freight',
  'insurance',
  'packing',
  'surcharge',
  'rush',
  'other',
] as const satisfies Charge['kind'][]

export function emptyCharge(): ChargeEntry {
  return { kind: 'insurance', text: '', allowance: false, percent: false, value: '', tax_rate: '' }
}

/** Charges that are there, to be edited. */
export function chargesOf(charges: Charge[]): ChargeEntry[] {
  // What promotions give is the server's to say.
  return charges
    .filter(charge => !charge.promotion)
    .map(charge => ({
      kind: charge.kind,
      text: charge.text,
      allowance: charge.allowance,
      percent: charge.percent !== null,
      value: trim(charge.percent ?? charge.amount.amount),
      tax_rate: charge.own_tax_rate === null ? '' : trim(charge.own_tax_rate),
    }))
}

/** What charges and allowances add together, as priced. */
export function chargedOf(charges: Charge[], currency: string): Money {
  const signed = (sum: string, charge: Charge) =>
    charge.allowance ? subtract(sum, charge.amount.amount) : add(sum, charge.amount.amount)
  return { amount: charges.reduce(signed, '0'), currency }
}

/** Charges as they are sent; a row nobody has filled is only paper. */
export function sentCharges(charges: ChargeEntry[]): ChargeInput[] {
  return charges.filter(isTyped).map(charge => {
    const value = readDecimal(charge.value) ?? charge.value
    const rate = readDecimal(charge.tax_rate) ?? charge.tax_rate
    return {
      kind: charge.kind,
      text: charge.text.trim(),
      allowance: charge.allowance,
      amount: charge.percent ? null : value,
      percent: charge.percent ? value : null,
      tax_rate: charge.tax_rate.trim() === '' ? null : rate,
    }
  })
}

export function isTyped(charge: ChargeEntry): boolean {
  return charge.value.trim() !== '' || charge.text.trim() !== ''
}

/** A quotation while it is typed: an order's entry, and what only a quotation says. */
import { type Entry, emptyEntry, emptyLine, sentLines, toInput } from '@/features/order/entry/model'
import type { Quotation, QuotationInput } from '@/lib/api/types'
import { chargesOf } from '@/lib/charges'
import { readDecimal, trim } from '@/lib/decimal'
import { isoDate } from '@/lib/format'

export interface Terms {
  valid_until: string | null
  lead_days: string
  delivery_terms: string
  terms: string
}

/** Days for which a quotation is valid unless somebody says otherwise. */
const VALID_DAYS = 30

export function emptyTerms(): Terms {
  const last = new Date(Date.now() + VALID_DAYS * 86_400_000)
  return { valid_until: isoDate(last), lead_days: '', delivery_terms: '', terms: '' }
}

const plain = (amount: string) => (Number(amount) === 0 ? '' : amount)

/** A stored draft as it is edited; prices of the book stay the book's. */
export function entryOf(quotation: Quotation): Entry {
  const { head } = emptyEntry()
  return {
    head: {
      ...head,
      customer: quotation.customer,
      contact_name: quotation.contact_name,
      contact_phone: quotation.contact_phone,
      receiver: quotation.receiver,
      delivery_address: quotation.delivery_address,
      ordered_on: quotation.quoted_on,
      channel: quotation.channel,
      category: quotation.category,
      settlement: quotation.settlement,
      deposit_rate: trim(quotation.deposit_rate),
      tax_inclusive: quotation.tax_inclusive,
      rep: quotation.rep,
      warehouse: quotation.warehouse,
      packing: quotation.packing,
      freight: plain(quotation.freight.amount),
      discount: plain(quotation.discount.amount),
      charges: chargesOf(quotation.charges),
      notes: quotation.notes,
    },
    lines: [
      ...quotation.lines.map(line => ({
        ...emptyLine(),
        product: { ...line.product, name: line.name, spec: line.spec, unit: line.quantity.unit },
        quantity: trim(line.quantity.value),
        price: ['manual', 'free', 'none'].includes(line.price_source) ? trim(line.unit_price.amount) : '',
        priceReason: line.price_reason,
        discount: Number(line.discount_rate) === 0 ? '' : trim(line.discount_rate),
        note: line.note,
      })),
      emptyLine(),
    ],
    touched: Object.keys(head),
  }
}

export function termsOf(quotation: Quotation): Terms {
  return {
    valid_until: quotation.valid_until,
    lead_days: quotation.lead_days > 0 ? String(quotation.lead_days) : '',
    delivery_terms: quotation.delivery_terms,
    terms: quotation.terms,
  }
}

/** What is sent; fields that only an order has are left out. */
export function sentOf(entry: Entry, terms: Terms): QuotationInput {
  const order = toInput(entry, sentLines(entry))
  return {
    customer_id: order.customer_id,
    contact_name: order.contact_name,
    contact_phone: order.contact_phone,
    receiver: order.receiver,
    delivery_address: order.delivery_address,
    quoted_on: order.ordered_on,
    valid_until: terms.valid_until,
    lead_days: Number(readDecimal(terms.lead_days) ?? '0'),
    delivery_terms: terms.delivery_terms,
    terms: terms.terms,
    channel: order.channel,
    category: order.category,
    settlement: order.settlement,
    deposit_rate: order.deposit_rate,
    tax_inclusive: order.tax_inclusive,
    rep_id: order.rep_id,
    warehouse_id: order.warehouse_id,
    packing: order.packing,
    freight: order.freight,
    discount: order.discount,
    charges: order.charges,
    notes: order.notes,
    lines: order.lines,
  }
}

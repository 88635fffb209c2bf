/** A supplier while it is typed, and what is sent of it. */
import { isZero, trim } from '@/lib/decimal'
import type { Supplier, SupplierInput } from './queries'

export interface SuppliedForm {
  product_id: string | null
  supplier_code: string
  unit_price: string | null
  minimum: string | null
  multiple: string | null
  lead_days: number | null
  rush_lead_days: number | null
  rush_rate: string | null
  rush_amount: string | null
  preferred: boolean
}

export interface SupplierForm {
  code: string
  name: string
  contact: string
  phone: string
  email: string
  address: string
  currency: string
  terms_days: number | null
  lead_days: number | null
  calendar: string | null
  over_tolerance: string | null
  under_tolerance: string | null
  notes: string
  active: boolean
  products: SuppliedForm[]
}

export const blankProduct: SuppliedForm = {
  product_id: null,
  supplier_code: '',
  unit_price: null,
  minimum: null,
  multiple: null,
  lead_days: null,
  rush_lead_days: null,
  rush_rate: null,
  rush_amount: null,
  preferred: false,
}

/** A figure as it stands in a field: nothing where it says nothing. */
function figure(value: string): string | null {
  return isZero(value) ? null : trim(value)
}

export function newSupplier(currency: string): SupplierForm {
  return {
    code: '',
    name: '',
    contact: '',
    phone: '',
    email: '',
    address: '',
    currency,
    terms_days: 30,
    lead_days: 7,
    calendar: null,
    over_tolerance: null,
    under_tolerance: null,
    notes: '',
    active: true,
    products: [],
  }
}

export function formOf(supplier: Supplier): SupplierForm {
  return {
    code: supplier.code,
    name: supplier.name,
    contact: supplier.contact,
    phone: supplier.phone,
    email: supplier.email,
    address: supplier.address,
    currency: supplier.currency,
    terms_days: supplier.terms_days,
    lead_days: supplier.lead_days,
    calendar: supplier.calendar || null,
    over_tolerance: figure(supplier.over_tolerance),
    under_tolerance: figure(supplier.under_tolerance),
    notes: supplier.notes,
    active: supplier.active,
    products: supplier.products.map(one => ({
      product_id: one.product.id,
      supplier_code: one.supplier_code,
      unit_price: trim(one.unit_price.amount),
      minimum: figure(one.minimum.value),
      multiple: figure(one.multiple.value),
      lead_days: one.lead_days ?? null,
      rush_lead_days: one.rush_lead_days ?? null,
      rush_rate: figure(one.rush_rate),
      rush_amount: figure(one.rush_amount.amount),
      preferred: one.preferred,
    })),
  }
}

export function toSend(values: SupplierForm): SupplierInput {
  return {
    ...values,
    terms_days: values.terms_days ?? 0,
    lead_days: values.lead_days ?? 0,
    calendar: values.calendar ?? '',
    products: values.products.map(one => ({
      ...one,
      product_id: one.product_id ?? '',
      unit_price: one.unit_price ?? '',
    })),
  }
}

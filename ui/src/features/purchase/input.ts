/** A purchase order while it is typed, and what is sent of it. */
import { trim } from '@/lib/decimal'
import type { Purchase, PurchaseInput } from './queries'

export interface LineForm {
  product_id: string | null
  quantity: string | null
  unit_price: string | null
  asked_on: string | null
  rush: boolean
  order_id: string
  order_line: number | null
  note: string
}

export interface PurchaseForm {
  supplier_id: string | null
  warehouse_id: string | null
  over_tolerance: string | null
  under_tolerance: string | null
  notes: string
  lines: LineForm[]
}

export const blankLine: LineForm = {
  product_id: null,
  quantity: null,
  unit_price: null,
  asked_on: null,
  rush: false,
  order_id: '',
  order_line: null,
  note: '',
}

export function newPurchase(supplier: string | null): PurchaseForm {
  return {
    supplier_id: supplier,
    warehouse_id: null,
    over_tolerance: null,
    under_tolerance: null,
    notes: '',
    lines: [blankLine],
  }
}

export function formOf(purchase: Purchase): PurchaseForm {
  return {
    supplier_id: purchase.supplier.id,
    warehouse_id: purchase.warehouse.id,
    over_tolerance: trim(purchase.over_tolerance),
    under_tolerance: trim(purchase.under_tolerance),
    notes: purchase.notes,
    lines: purchase.lines.map(line => ({
      product_id: line.product.id,
      quantity: trim(line.quantity.value),
      unit_price: trim(line.unit_price.amount),
      asked_on: line.asked_on,
      rush: line.rush,
      order_id: line.order?.number ?? '',
      order_line: line.order_line ?? null,
      note: line.note,
    })),
  }
}

export function toSend(values: PurchaseForm): PurchaseInput {
  return {
    ...values,
    supplier_id: values.supplier_id ?? '',
    lines: values.lines.map(line => ({
      ...line,
      product_id: line.product_id ?? '',
      quantity: line.quantity ?? '',
    })),
  }
}

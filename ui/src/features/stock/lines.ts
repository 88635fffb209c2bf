import type { Product } from '@/lib/api/types'
import { add, isDecimal } from '@/lib/decimal'
import type { ReceiptLine } from './receive'

/** The lines with so much more of a product: its line counted up, or a new one put first, where it is seen. */
export function counted(lines: ReceiptLine[], product: Product, quantity: string): ReceiptLine[] {
  const at = lines.findIndex(line => line.product_id === product.id)
  const line = lines[at]
  if (!line) {
    const { id, code, name, unit } = product
    return [{ product_id: id, code, name, unit, quantity }, ...lines]
  }
  const before = line.quantity && isDecimal(line.quantity) ? line.quantity : '0'
  return lines.with(at, { ...line, quantity: add(before, quantity) })
}

import type { Product } from '@/lib/api/types'
import { add, isDecimal } from '@/lib/decimal'
import type { Gs1 } from '@/lib/gs1'
import type { ReceiptLine } from './receive'

/** What tells lines of one product apart. */
export const keyOf = (line: Pick<ReceiptLine, 'product_id' | 'lot' | 'bin' | 'status'>) =>
  [line.product_id, line.lot ?? '', line.bin ?? '', line.status ?? ''].join(' ')

/**
 * The lines with so much more of a product: its line counted up, or a new one put first, where it is seen. A lot that was scanned has its own line,
 * and a piece with a serial number always.
 */
export function counted(lines: ReceiptLine[], product: Product, quantity: string, said: Gs1 = {}): ReceiptLine[] {
  const { id, code, name, unit, tracking } = product
  const lot = said.serial ?? said.lot ?? ''
  const at = tracking === 'serial' ? -1 : lines.findIndex(line => line.product_id === id && (!lot || line.lot === lot))
  const line = lines[at]
  if (!line) {
    const blank = { product_id: id, code, name, unit, quantity: tracking === 'serial' ? '1' : quantity }
    const told = {
      ...(tracking && tracking !== 'none' ? { tracking } : {}),
      ...(lot ? { lot } : {}),
      ...(said.made_on ? { made_on: said.made_on } : {}),
      ...(said.expires_on ? { expires_on: said.expires_on } : {}),
    }
    return [{ ...blank, ...told }, ...lines]
  }
  const before = line.quantity && isDecimal(line.quantity) ? line.quantity : '0'
  return lines.with(at, { ...line, quantity: add(before, quantity) })
}

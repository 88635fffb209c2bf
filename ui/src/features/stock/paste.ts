/** Rows copied from a spreadsheet: a code or barcode, and a quantity. */
import { readDecimal } from '@/lib/decimal'

export interface PastedRow {
  code: string
  quantity: string
}

/** The rows of a pasted text that have a code and a quantity above zero; heads and empty rows are passed over. */
export function readPasted(text: string): PastedRow[] {
  return text.split(/\r?\n/).flatMap(line => {
    const [code = '', quantity = ''] = line.split('\t').map(cell => cell.trim())
    const value = readDecimal(quantity)
    return code && value !== null && Number(value) > 0 ? [{ code, quantity: value }] : []
  })
}

/** Finds the product a scanner, a person or a spreadsheet means by a code or a barcode. */
import { get } from '@/lib/api/client'
import type { Page, Product } from '@/lib/api/types'
import { type Gs1, readGs1 } from '@/lib/gs1'
import { formatBarcode, isGtin, readBarcode } from '@/lib/gtin'

export type Found = { product: Product } | { missing: 'unknown' | 'several' }

/** The one among `items` that `text` names: by exact code or barcode, else the only one found. */
export function meant(text: string, items: Product[]): Found {
  const wanted = text.trim().toLowerCase()
  const digits = readBarcode(text)
  const exact = items.find(
    item => item.code.toLowerCase() === wanted || (isGtin(digits) && formatBarcode(item.barcode) === bare(digits)),
  )
  const product = exact ?? (items.length === 1 ? items[0] : undefined)
  if (product) return { product }
  return { missing: items.length === 0 ? 'unknown' : 'several' }
}

function bare(digits: string): string {
  return formatBarcode(digits.padStart(14, '0'))
}

/** With what the bars say beside the product: lot, serial number, days, quantity. */
export async function findProduct(text: string): Promise<Found & { said?: Gs1 }> {
  const said = readGs1(text)
  if (said?.gtin) return { ...(await byText(said.gtin)), said }
  return byText(text)
}

async function byText(text: string): Promise<Found> {
  const digits = readBarcode(text)
  const q = isGtin(digits) ? bare(digits) : text.trim()
  const page = await get<Page<Product>>('/products', { q, active: true, limit: 20 })
  return meant(text, page.items)
}

/** What the form of a product holds and sends. */
import type { Product, TaxCategory } from '@/lib/api/types'
import { formatBarcode, readBarcode } from '@/lib/gtin'

/** The fields of a product as its form holds them; price and cost as plain decimals. */
export type ProductInput = Omit<
  Product,
  'id' | 'version' | 'active' | 'list_price' | 'standard_cost' | 'floor_price' | 'substitutes'
> & {
  /** Ids, best first. */
  substitutes: string[]
  list_price: string | null
  standard_cost: string | null
  floor_price: string | null
}

/** What the law asks of each category of tax; the rate of a product may still differ. */
export const TAX_RATES: Record<TaxCategory, string> = {
  standard: '13',
  reduced: '9',
  service: '6',
  zero: '0',
  exempt: '0',
}

export const NEW_PRODUCT: ProductInput = {
  code: '',
  name: '',
  spec: '',
  unit: '',
  kind: 'standard',
  category: '',
  barcode: '',
  tax_category: 'standard',
  tax_rate: TAX_RATES.standard,
  list_price: null,
  standard_cost: null,
  floor_price: null,
  lead_days: 0,
  over_tolerance: '0',
  under_tolerance: '0',
  weight_g: 0,
  units: [],
  options: { groups: [], rules: [], freeze_days: 0 },
  tracking: 'none',
  length_mm: 0,
  width_mm: 0,
  height_mm: 0,
  shelf_days: 0,
  hazardous: false,
  pack_quantity: '',
  packing_rules: '',
  quality_standard: '',
  substitutes: [],
  notes: '',
}

export function inputOf(product: Product): ProductInput {
  const { id: _, version: __, active: ___, list_price, standard_cost, floor_price, ...rest } = product
  return {
    ...rest,
    barcode: formatBarcode(product.barcode),
    units: product.units.map(unit => ({ ...unit, barcode: formatBarcode(unit.barcode) })),
    substitutes: product.substitutes.map(other => other.id),
    pack_quantity: Number(product.pack_quantity) === 0 ? '' : product.pack_quantity,
    list_price: list_price?.amount ?? null,
    standard_cost: standard_cost?.amount ?? null,
    floor_price: floor_price?.amount ?? null,
  }
}

/** What is sent; price and cost stay away where the person may not set them. */
export function toSend(
  input: ProductInput,
  may: { price: boolean; cost: boolean },
): Omit<ProductInput, 'list_price' | 'standard_cost' | 'floor_price'> {
  const { list_price, standard_cost, floor_price, ...rest } = input
  return {
    ...rest,
    ...(may.price ? { list_price } : {}),
    ...(may.cost ? { standard_cost, floor_price } : {}),
    barcode: readBarcode(input.barcode ?? ''),
    lead_days: Number(input.lead_days ?? 0),
    weight_g: Number(input.weight_g ?? 0),
    length_mm: Number(input.length_mm ?? 0),
    width_mm: Number(input.width_mm ?? 0),
    height_mm: Number(input.height_mm ?? 0),
    shelf_days: Number(input.shelf_days ?? 0),
    pack_quantity: input.pack_quantity ?? '',
    units: (input.units ?? []).map(unit => ({
      ...unit,
      barcode: readBarcode(unit.barcode ?? ''),
      sold: unit.sold ?? true,
    })),
    options: {
      groups: input.options?.groups ?? [],
      rules: input.options?.rules ?? [],
      freeze_days: Number(input.options?.freeze_days ?? 0),
    },
    over_tolerance: input.over_tolerance ?? '0',
    under_tolerance: input.under_tolerance ?? '0',
  }
}

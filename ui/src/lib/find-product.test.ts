import { expect, it } from 'vitest'
import type { Product } from '@/lib/api/types'
import { meant } from './find-product'

const product = (code: string, barcode = ''): Product => ({
  id: code,
  version: 1,
  code,
  name: code,
  spec: '',
  unit: '个',
  kind: 'standard',
  category: '',
  barcode,
  tax_category: 'standard',
  tax_rate: '13',
  list_price: null,
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
  pack_quantity: '0',
  packing_rules: '',
  quality_standard: '',
  substitutes: [],
  notes: '',
  active: true,
})

it('takes the exact code before others that begin with it', () => {
  const items = [product('SP-10'), product('SP-1'), product('SP-100')]
  expect(meant('sp-1', items)).toEqual({ product: items[1] })
})

it('takes the exact barcode in any of its lengths', () => {
  const items = [product('A', '06901234567892'), product('B', '00036000291452')]
  expect(meant('6901234567892', items)).toEqual({ product: items[0] })
  expect(meant('036000291452', items)).toEqual({ product: items[1] })
})

it('takes what is found alone, and says when nothing or several are', () => {
  expect(meant('毛巾', [product('SP-4')])).toEqual({ product: product('SP-4') })
  expect(meant('毛巾', [product('SP-4'), product('SP-5')])).toEqual({ missing: 'several' })
  expect(meant('毛巾', [])).toEqual({ missing: 'unknown' })
})

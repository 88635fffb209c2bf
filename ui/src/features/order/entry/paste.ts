/** Reads what was copied from a spreadsheet: which column is what, and what each row means. */
import { compare, readDecimal } from '@/lib/decimal'

export type Meaning = 'product' | 'name' | 'quantity' | 'price' | 'discount' | 'note' | 'skip'
export const MEANINGS: Meaning[] = ['product', 'name', 'quantity', 'price', 'discount', 'note', 'skip']

/** Words that head a column, by what it means; compared without spaces and in lower case. */
const HEADS: [Meaning, RegExp][] = [
  ['quantity', /^(订购|訂購|订单|采购)?(数量|數量)|^(qty|quantity|count)$/],
  ['price', /(单价|單價|价格|價格)|^(unit)?price$/],
  ['discount', /^(折扣|折讓|优惠)|^discount/],
  ['note', /^(备注|備註|说明|說明)|^(note|remark|comment)s?$/],
  [
    'product',
    /(编码|編碼|编号|編號|代码|代碼|货号|貨號|条码|條碼|料号)|^(sku|code|item|barcode|ean|gtin|product(id|code)?)$/,
  ],
  ['name', /(商品|产品|產品|品名|名称|名稱)|^(name|description|productname)$/],
]

/** Cells of the copied text; cells with line breaks are quoted, as spreadsheets do. */
export function cellsOf(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let quoted = false
  const source = text.replace(/\r\n?/g, '\n')
  const separator = source.includes('\t') ? '\t' : source.includes(',') && !/\d,\d{3}\b/.test(source) ? ',' : '\t'
  for (let i = 0; i < source.length; i += 1) {
    const char = source[i] ?? ''
    if (quoted) {
      if (char === '"' && source[i + 1] === '"') {
        cell += '"'
        i += 1
      } else if (char === '"') quoted = false
      else cell += char
    } else if (char === '"' && cell === '') quoted = true
    else if (char === separator) {
      row.push(cell.trim())
      cell = ''
    } else if (char === '\n') {
      row.push(cell.trim())
      rows.push(row)
      row = []
      cell = ''
    } else cell += char
  }
  row.push(cell.trim())
  rows.push(row)
  const width = rows.reduce((most, each) => Math.max(most, each.length), 0)
  return rows
    .filter(each => each.some(value => value !== ''))
    .map(each => [...each, ...Array<string>(width - each.length).fill('')])
}

const headOf = (text: string): Meaning | null => {
  const plain = text.replace(/[\s_()（）]/g, '').toLowerCase()
  return HEADS.find(([, pattern]) => pattern.test(plain))?.[0] ?? null
}

/** A barcode or code looks like a number too; only short numbers are figures. */
const figure = (text: string) => /\d/.test(text) && !/^\d{8,14}$/.test(text) && readDecimal(text) !== null

export interface Understood {
  /** The first row names the columns. */
  headed: boolean
  meanings: Meaning[]
  rows: string[][]
}

/** Guesses the meaning of each column by its head, else by what it holds. */
export function understand(cells: string[][]): Understood {
  const first = cells[0] ?? []
  const named = first.map(headOf)
  const headed = named.filter(Boolean).length >= 2 || (first.length === 1 && named[0] !== null)
  if (headed) {
    const seen = new Set<Meaning>()
    const meanings = named.map(meaning => {
      if (!meaning || seen.has(meaning)) return 'skip' as const
      seen.add(meaning)
      return meaning
    })
    return { headed, meanings, rows: cells.slice(1) }
  }
  const columns = first.map((_, index) => cells.map(row => row[index] ?? ''))
  const figures = columns.map(
    values => values.filter(figure).length > values.filter(value => value !== '').length * 0.7,
  )
  const meanings: Meaning[] = []
  const wanted: Meaning[] = ['quantity', 'price', 'discount']
  let texts = 0
  for (const [index] of first.entries()) {
    if (figures[index]) meanings.push(wanted.shift() ?? 'skip')
    else {
      meanings.push(
        texts === 0 ? 'product' : texts === 1 ? (columns.length > 2 ? 'name' : 'note') : texts === 2 ? 'note' : 'skip',
      )
      texts += 1
    }
  }
  return { headed, meanings, rows: cells }
}

export interface PastedRow {
  /** What names the product: code, barcode or name. */
  product: string
  name: string
  quantity: string
  price: string
  discount: string
  note: string
  /** Catalogue keys of what is wrong with it. */
  errors: string[]
}

export function readRows(rows: string[][], meanings: Meaning[]): PastedRow[] {
  return rows.map(row => {
    const value = (meaning: Meaning) => {
      const index = meanings.indexOf(meaning)
      return index >= 0 ? (row[index] ?? '') : ''
    }
    const errors: string[] = []
    const amount = (meaning: Meaning, key: string, required: boolean) => {
      const text = value(meaning)
      if (text === '') {
        if (required) errors.push(key)
        return ''
      }
      const read = readDecimal(text)
      if (read === null || compare(read, '0') < 0 || (required && compare(read, '0') === 0)) {
        errors.push(key)
        return text
      }
      return read
    }
    const product = value('product') || value('name')
    if (product === '') errors.push('order:paste.error.product')
    return {
      product,
      name: value('name'),
      quantity: amount('quantity', 'order:paste.error.quantity', true),
      price: amount('price', 'order:paste.error.price', false),
      discount: amount('discount', 'order:paste.error.discount', false),
      note: value('note'),
      errors,
    }
  })
}

import { describe, expect, it } from 'vitest'
import { cellsOf, readRows, understand } from './paste'

describe('paste', () => {
  it('takes columns by their heads, in any order', () => {
    const cells = cellsOf('序号\t商品名称\t商品编码\t数量\t单价(元)\t备注\n1\t保温杯\tSP-1001\t1,200\t￥68.50\t\n')
    const read = understand(cells)
    expect(read.headed).toBe(true)
    expect(read.meanings).toEqual(['skip', 'name', 'product', 'quantity', 'price', 'note'])
    expect(readRows(read.rows, read.meanings)[0]).toMatchObject({
      product: 'SP-1001',
      quantity: '1200',
      price: '68.50',
      errors: [],
    })
  })

  it('guesses columns without heads: code, quantity, price', () => {
    const read = understand(cellsOf('SP-1001\t20\t68.5\nSP-1002\t5\t45'))
    expect(read.headed).toBe(false)
    expect(read.meanings).toEqual(['product', 'quantity', 'price'])
  })

  it('takes a column of barcodes for products, not for quantities', () => {
    expect(understand(cellsOf('6901234567892\t12\n6901234567908\t3')).meanings).toEqual(['product', 'quantity'])
  })

  it('keeps line breaks inside quoted cells', () => {
    expect(cellsOf('a\t"x\n""y"""\nb\tz')).toEqual([
      ['a', 'x\n"y"'],
      ['b', 'z'],
    ])
  })

  it('names what is wrong with a row', () => {
    const rows = readRows(
      [
        ['SP-1', '两箱'],
        ['', '5'],
        ['SP-2', '0'],
      ],
      ['product', 'quantity'],
    )
    expect(rows.map(row => row.errors)).toEqual([
      ['order:paste.error.quantity'],
      ['order:paste.error.product'],
      ['order:paste.error.quantity'],
    ])
  })
})

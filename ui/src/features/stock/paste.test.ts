import { expect, it } from 'vitest'
import { readPasted } from './paste'

it('reads codes and quantities, and passes heads and empty rows over', () => {
  const text = '编码\t数量\r\nSP-1001\t1,200\r\n\r\n6901234567892\t２０.５\r\nSP-1003\t0\r\nSP-1004\r\n'
  expect(readPasted(text)).toEqual([
    { code: 'SP-1001', quantity: '1200' },
    { code: '6901234567892', quantity: '20.5' },
  ])
})

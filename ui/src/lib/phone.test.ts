import { expect, test } from 'vitest'
import { phoneMistake } from './phone'

test.each([
  ['', null],
  ['13800138000', null],
  ['+86 138 0013 8000', null],
  ['0571-88156888转801', null],
  ['+86 10 6552 9988', null],
  ['400-820-8820', null],
  ['(171) 555-7788', null],
  ['+852 2345 6789', null],
  ['1380013800', 'mobile'],
  ['12800138000', 'mobile'],
  ['+8613800138', 'mobile'],
  ['13800138000/1390013900', 'mobile'],
  ['+12345', 'international'],
  ['+1234567890123456', 'international'],
  ['12@4567', 'phone'],
  ['1', 'phone'],
])('%s', (phone, expected) => {
  expect(phoneMistake(phone)).toBe(expected)
})

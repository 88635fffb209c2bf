import { expect, it } from 'vitest'
import { addressLine } from './address'

const address = {
  label: '总仓',
  receiver: '赵敏',
  phone: '0871-6533221',
  country: '',
  province: '云南省',
  city: '昆明市',
  district: '官渡区',
  street: '彩云北路 1288 号',
  postal_code: '650200',
  default: true,
}

it('reads from large to small in Chinese', () => {
  expect(addressLine(address, 'zh-CN')).toBe('云南省昆明市官渡区彩云北路 1288 号 650200')
  expect(addressLine({ ...address, province: '上海市', city: '上海市' }, 'zh-CN')).toMatch(/^上海市官渡区/)
})

it('reads from small to large elsewhere', () => {
  expect(addressLine({ ...address, district: '' }, 'en')).toBe('彩云北路 1288 号, 昆明市, 云南省, 650200')
})

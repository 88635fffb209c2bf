import { expect, it } from 'vitest'
import { NEW_ADDRESS, NEW_CONTACT, newCustomer, toSend } from './input'

it('sends no blank rows and the credit code as it is stored', () => {
  const input = {
    ...newCustomer('CNY', 'zh-CN', null, true),
    credit_code: '91350100 m000100y43',
    contacts: [{ ...NEW_CONTACT, primary: true }],
    addresses: [{ ...NEW_ADDRESS, street: '彩云北路', default: true }, NEW_ADDRESS],
  }
  const sent = toSend(input)
  expect(sent.credit_code).toBe('91350100M000100Y43')
  expect(sent.contacts).toEqual([])
  expect(sent.addresses).toHaveLength(1)
})

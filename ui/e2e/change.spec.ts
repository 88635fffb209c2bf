/** A change order: written with its effects beside it, approved by the manager, and kept with both versions. */
import { Api } from './api'
import { makeCustomer, makeProduct, makeReviewed, receive } from './arrange'
import { expect, test } from './test'

// The preview says what is missing while it is typed.
test.use({ refusals: [422] })

test('a change shows what comes of it, waits for the manager, and is then what the order says', async ({ as, url }) => {
  const [admin, store] = [await Api.as(url, 'admin'), await Api.as(url, 'warehouse')]
  const people = { sales: await Api.as(url, 'sales'), service: await Api.as(url, 'service') }
  const manager = await Api.as(url, 'manager')
  const customer = await makeCustomer(admin, 'BG-001')
  await makeProduct(admin, { code: 'BG-100', name: '变更纸箱', price: '50.00' })
  await receive(store, [{ product_id: 'BG-100', quantity: '100' }])
  const order = await makeReviewed(people, customer, [{ product_id: 'BG-100', quantity: '20' }])
  await manager.post(`/orders/${order.id}/approve`, { note: '' })

  const sales = await as('sales')
  await sales.goto(`/orders/${order.id}/change`)
  await sales.getByRole('textbox', { name: '变更原因' }).fill('客户加单')
  await sales.getByRole('combobox', { name: '添加变更项目' }).click()
  await sales.getByTitle('数量增减', { exact: true }).click()
  await sales.getByRole('textbox', { name: '新数量 1' }).fill('30')
  const effect = sales.getByRole('region', { name: '变更影响' })
  await expect(effect).toContainText('+¥500.00')
  await expect(effect).toContainText('增加预留 10')
  await expect(sales.getByRole('region', { name: '变更前后对照' })).toContainText('¥1,500.00')
  await sales.getByRole('button', { name: '提交审批' }).click()
  await expect(sales).toHaveURL(/\/changes\//)
  await expect(sales.getByText('待审批', { exact: true }).first()).toBeVisible()
  const path = new URL(sales.url()).pathname

  const boss = await as('manager')
  await boss.goto('/my-work')
  await expect(boss.getByRole('region', { name: '待我处理的变更单' })).toContainText('客户加单')
  await boss.goto(path)
  await boss.getByRole('button', { name: '批准', exact: true }).click()
  await expect(boss.getByText('已生效', { exact: true })).toBeVisible()
  await boss.goto(`/orders/${order.id}?tab=changes`)
  await expect(boss.getByRole('tabpanel')).toContainText('客户加单')
  const changed = await people.sales.get<{ number: string; payable: { amount: string } }>(`/orders/${order.id}`)
  expect([changed.number, changed.payable.amount]).toEqual([order.number, '1500.00'])
})

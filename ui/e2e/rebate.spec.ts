/** A rebate agreement is written, put right where it is wrong, approved by somebody else, and shows what has come of it. */
import { Api } from './api'
import { makeCustomer, makeProduct, makeReviewed, receive } from './arrange'
import { choice } from './choice'
import { expect, test } from './test'

test.use({ refusals: [422] })

async function invoiced(url: string) {
  const [admin, sales, service] = [await Api.as(url, 'admin'), await Api.as(url, 'sales'), await Api.as(url, 'service')]
  const [manager, finance] = [await Api.as(url, 'manager'), await Api.as(url, 'finance')]
  const warehouse = await Api.as(url, 'warehouse')
  const customer = await makeCustomer(admin, 'FL-C01')
  await makeProduct(admin, { code: 'FL-100', name: '返利纸箱', price: '113.00' })
  await receive(warehouse, [{ product_id: 'FL-100', quantity: '20' }])
  const order = await makeReviewed({ sales, service }, customer, [{ product_id: 'FL-100', quantity: '10' }])
  await manager.post(`/orders/${order.id}/approve`)
  await warehouse.post(`/orders/${order.id}/ship`, { carrier: '自提', lines: [{ line_no: 1, quantity: '10' }] })
  await finance.post(`/orders/${order.id}/invoice`, {})
}

test('a rebate agreement is written, approved and accrues', async ({ as, url }) => {
  await invoiced(url)
  const sales = await as('sales')
  await sales.goto('/rebates')
  await sales.getByRole('button', { name: '新建返利协议' }).click()
  const dialog = sales.getByRole('dialog')
  await dialog.getByLabel('协议编号').fill('FL-E2E')
  await dialog.getByLabel('客户').fill('FL-C01')
  await choice(sales, 'FL-C01').click()
  await dialog.getByLabel('结束日期').fill('2099-12-31')
  await dialog.getByLabel('结束日期').press('Enter')
  const tiers = dialog.getByRole('group', { name: '档位' })
  await tiers.getByLabel('满不含税金额').first().fill('500')
  await tiers.getByLabel('返利 %').first().fill('1')
  await tiers.getByRole('button', { name: '添加档位' }).click()
  await tiers.getByLabel('满不含税金额').nth(1).fill('400')
  await tiers.getByLabel('返利 %').nth(1).fill('2')
  await dialog.getByRole('button', { name: '保存' }).click()
  await expect(dialog.getByText('每一档的起点要高于前一档')).toBeVisible()
  await tiers.getByLabel('满不含税金额').nth(1).fill('5000')
  await dialog.getByRole('button', { name: '保存' }).click()
  await expect(sales.getByText('须由拟定人以外的人批准')).toBeVisible()

  const manager = await as('manager')
  await manager.goto(new URL(sales.url()).pathname)
  await manager.getByRole('button', { name: '批准' }).click()
  await expect(manager.getByRole('region', { name: '已累计' })).toContainText('再开票')
  await expect(manager.locator('.action-bar').getByRole('button', { name: '提前终止' })).toBeVisible()
})

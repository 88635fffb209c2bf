/** Who asks for a date sees what comes and goes, why it is not earlier, and what else there is; nothing is reserved by asking. */
import { Api } from './api'
import { ahead, makeCustomer, makeOrder, makeProduct, makeReviewed, receive } from './arrange'
import { choice } from './choice'
import { expect, test } from './test'

test.use({ refusals: [422] })

test('what can be promised is asked and explained', async ({ as, url }) => {
  const [admin, sales, service] = [await Api.as(url, 'admin'), await Api.as(url, 'sales'), await Api.as(url, 'service')]
  const warehouse = await Api.as(url, 'warehouse')
  const customer = await makeCustomer(admin, 'JQ-C01')
  await makeProduct(admin, { code: 'JQ-100', name: '交期纸箱', price: '113.00' })
  await receive(warehouse, [{ product_id: 'JQ-100', quantity: '20' }])
  const order = await makeReviewed({ sales, service }, customer, [{ product_id: 'JQ-100', quantity: '15' }])

  const page = await as('sales')
  await page.goto('/promise')
  await page.getByLabel('产品').fill('JQ-100')
  await choice(page, 'JQ-100').click()
  await expect(page.getByText('今天可承诺：5')).toBeVisible()
  const table = page.getByRole('region', { name: '逐日明细' })
  await expect(table.getByRole('link', { name: String(order.number) })).toBeVisible()
  await expect(table).toContainText('已预留')

  const asking = page.getByRole('region', { name: '试算' })
  await asking.getByLabel('数量').fill('0')
  await asking.getByLabel('数量').press('Enter')
  await expect(asking.getByRole('alert')).toBeVisible()
  await asking.getByLabel('数量').fill('8')
  await asking.getByLabel('期望日期').fill(ahead(0))
  await asking.getByLabel('期望日期').press('Enter')
  await asking.getByRole('button', { name: '试算' }).click()
  await expect(asking).toContainText('不能按要求交货')
  await expect(asking).toContainText('提前期')
  await asking.getByLabel('数量').fill('5')
  await asking.getByLabel('数量').press('Enter')
  await expect(asking).toContainText('可按要求交货')
  await page.reload()
  await expect(page.getByText('今天可承诺：5')).toBeVisible()
})

test('slack is asked for by customer service and answered by sales', async ({ as, url }) => {
  const [admin, sales] = [await Api.as(url, 'admin'), await Api.as(url, 'sales')]
  const customer = await makeCustomer(admin, 'JQ-C02')
  await makeProduct(admin, { code: 'JQ-200', name: '缓冲纸箱', price: '10.00' })
  const order = await makeOrder(sales, customer, [{ product_id: 'JQ-200', quantity: '5' }], true)

  const desk = await as('service')
  await desk.goto(`/orders/${order.id}/goods`)
  await desk.getByRole('button', { name: '申请缓冲' }).click()
  const dialog = desk.getByRole('dialog')
  await dialog.getByLabel('缓冲天数').fill('3')
  await dialog.getByRole('button', { name: '申请', exact: true }).click()
  await expect(dialog.getByText('必填')).toBeVisible()
  await dialog.getByLabel('原因').fill('年底运力紧张')
  await dialog.getByRole('button', { name: '申请', exact: true }).click()
  await expect(desk.getByText('赵倩申请 3 天：年底运力紧张')).toBeVisible()
  await expect(desk.getByRole('button', { name: '同意', exact: true })).toBeHidden()

  const rep = await as('sales')
  await rep.goto(`/orders/${order.id}/goods`)
  await rep.getByRole('button', { name: '同意', exact: true }).click()
  await expect(rep.getByText('已同意 3 天')).toBeVisible()
  const after = await sales.get<{ promised_on: string }>(`/orders/${order.id}`)
  expect(after.promised_on).toBe(ahead(23))
})

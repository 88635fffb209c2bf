/** A quotation: written with the order's line grid, approved by the manager, sent, and turned into an order with its price. */
import { Api } from './api'
import { makeCustomer, makeProduct } from './arrange'
import { expect, test } from './test'

// The check says what is missing while it is typed.
test.use({ refusals: [422] })

test('a quotation is written, approved, sent and ordered, and its next version stands beside it', async ({
  as,
  url,
}) => {
  const admin = await Api.as(url, 'admin')
  const customer = await makeCustomer(admin, 'BJ-001')
  await makeProduct(admin, { code: 'BJ-100', name: '报价纸箱', price: '50.00' })

  const sales = await as('sales')
  await sales.goto(`/quotations/new?customer=${customer}`)
  await sales.getByRole('textbox', { name: '交货周期（天）' }).fill('15')
  await sales.getByRole('combobox', { name: /第 1 行.*商品/ }).fill('BJ-100')
  await sales.getByRole('option', { name: /报价纸箱/ }).click()
  await sales.getByRole('textbox', { name: /第 1 行.*数量/ }).fill('20')
  await sales.getByRole('textbox', { name: /第 1 行.*单价/ }).fill('48')
  await expect(sales.locator('.entry-foot')).toContainText('¥960.00')
  await sales.getByRole('button', { name: '提交审批' }).click()
  await expect(sales.getByText('待审批', { exact: true }).first()).toBeVisible()
  const path = new URL(sales.url()).pathname

  const boss = await as('manager')
  await boss.goto('/my-work')
  await expect(boss.getByRole('region', { name: '待我处理的报价单' })).toContainText('BJ-001')
  await boss.goto(path)
  await boss.getByRole('button', { name: '批准', exact: true }).click()
  await expect(boss.getByText('已批准', { exact: true }).first()).toBeVisible()

  await sales.goto(path)
  await sales.getByRole('button', { name: '登记已发客户' }).click()
  await sales.getByRole('dialog').getByRole('button', { name: '登记已发客户' }).click()
  await expect(sales.getByText('已发客户', { exact: true }).first()).toBeVisible()
  await sales.getByRole('button', { name: '转订单' }).click()
  await expect(sales).toHaveURL(/\/orders\//)
  await expect(sales.getByText('报价单价').first()).toBeVisible()
})

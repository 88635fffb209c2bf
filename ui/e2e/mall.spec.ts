/**
 * A web shop sells only what it has: two hundred want one of a hundred and fifty at the same time, exactly a hundred and fifty get it, and
 * who comes later reads why there is no order (INV-02). Rules as in the `mall` company.
 */
import { readFile } from 'node:fs/promises'
import { Api } from './api'
import { makeCustomer, makeOrder, makeProduct, receive } from './arrange'
import { choice } from './choice'
import { expect, test } from './test'

const PIECES = 150
const BUYERS = 200

test('two hundred want one of a hundred and fifty', async ({ as, url }) => {
  const [admin, sales, store] = [await Api.as(url, 'admin'), await Api.as(url, 'sales'), await Api.as(url, 'warehouse')]
  const content = await readFile('../crates/domain/src/blueprints/mall.toml', 'utf8')
  const rules = await admin.post<{ id: string; version: number }>('/blueprints', { content, why: '只卖有货的' })
  await admin.act(`/blueprints/${rules.id}/activate`, rules.version, { why: '只卖有货的' })
  const customer = await makeCustomer(admin, 'MS-C01')
  await makeProduct(admin, { code: 'HOT-1', name: '秒杀保温杯', price: '59.90' })
  await receive(store, [{ product_id: 'HOT-1', quantity: String(PIECES) }])

  const one = [{ product_id: 'HOT-1', quantity: '1' }]
  const answers = await Promise.allSettled(Array.from({ length: BUYERS }, () => makeOrder(sales, customer, one, true)))
  const refused = answers.filter(answer => answer.status === 'rejected').map(answer => String(answer.reason))
  expect(refused.filter(reason => !reason.includes('库存不足，不能下单。'))).toEqual([])
  expect(refused).toHaveLength(BUYERS - PIECES)

  // In the browser: every piece is reserved for one order, none is left, and the list has exactly so many orders.
  const page = await as('sales')
  await page.goto('/stock/reservations')
  await page.getByRole('combobox', { name: '商品' }).fill('HOT-1')
  await choice(page, 'HOT-1').click()
  await expect(page.getByRole('heading', { name: `已预留 · ${PIECES} 处` })).toBeVisible()
  await expect(page.getByText('没有订单在等货。')).toBeVisible()
  await page.goto('/orders?q=MS-C01')
  await expect(page.getByText(new RegExp(`共 ${PIECES} `))).toBeVisible()

  // The next one is written down, and says why it cannot be submitted.
  const late = await makeOrder(sales, customer, one, false)
  await page.goto(`/orders/${late.id}`)
  const submit = page.locator('.action-bar').getByRole('button', { name: '提交', exact: true })
  await expect(submit).toHaveAttribute('aria-disabled', 'true')
  await submit.hover()
  await expect(page.locator('.ant-popover:visible')).toContainText('库存不足，不能下单。')
  await expect(page.getByRole('heading', { name: '草稿（未编号）' })).toBeVisible()
})

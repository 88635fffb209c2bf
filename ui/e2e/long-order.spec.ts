/** An order of a thousand lines: opened, one quantity changed, saved, without a thousand rows in the page. */
import { makeCustomer, makeOrder, makeProduct } from './arrange'
import { arrange, expect, test } from './test'

const LINES = 1000
/** Rows in view and the few beyond it; far from a thousand. */
const FEW = 60
let order = ''

arrange(async api => {
  const admin = await api('admin')
  const sales = await api('sales')
  for (let index = 0; index < 5; index += 1) {
    await makeProduct(admin, { code: `T-9${index}0`, name: `长单商品${index}`, price: '2.00' })
  }
  await makeCustomer(admin, 'T-X01')
  const lines = Array.from({ length: LINES }, (_, index) => ({ product_id: `T-9${index % 5}0`, quantity: '10' }))
  order = (await makeOrder(sales, 'T-X01', lines, false)).id
})

test('a thousand lines open, scroll, and take one new quantity', async ({ as }) => {
  const page = await as('sales')
  await page.goto(`/orders/${order}`)
  const lines = page.getByRole('table', { name: '商品明细' })
  await expect(lines).toHaveAttribute('aria-rowcount', String(LINES + 1))
  await expect(page.locator('.headline')).toContainText('20,000.00')
  expect(await lines.getByRole('row').count()).toBeLessThan(FEW)

  await page.keyboard.press('e')
  const grid = page.getByRole('table', { name: '商品明细' })
  await expect(grid).toHaveAttribute('aria-rowcount', String(LINES + 2))
  expect(await grid.getByRole('row').count()).toBeLessThan(FEW)
  await grid.evaluate(box => box.scrollTo({ top: box.scrollHeight }))
  const last = page.getByLabel(`第 ${LINES} 行 数量`)
  await expect(last).toHaveValue('10')
  expect(await grid.getByRole('row').count()).toBeLessThan(FEW)
  await last.fill('11')
  await expect(page.locator('.entry-foot .total')).toContainText('20,002.00')
  await page.keyboard.press('Control+s')
  await expect(page.getByText('草稿已保存')).toBeVisible()
  await expect(page.locator('.headline')).toContainText('20,002.00')
})

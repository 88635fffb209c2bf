/** Stock: received by scanning and pasting, counted with a reason, every movement in the ledger. */
import { makeProduct, warehouse } from './arrange'
import { choice } from './choice'
import { arrange, expect, test } from './test'

let store = ''

arrange(async api => {
  const admin = await api('admin')
  await makeProduct(admin, { code: 'T-800', name: '气泡膜', price: '20.00' })
  await makeProduct(admin, { code: 'T-801', name: '打包带', price: '35.00' })
  store = (await warehouse(admin)).name
})

test('goods are received by scanning, counted, and both stand in the ledger', async ({ as }) => {
  const page = await as('warehouse', { permissions: ['clipboard-read', 'clipboard-write'] })
  await page.goto('/stock/receive')
  await page.getByRole('combobox', { name: '仓库' }).fill(store)
  await choice(page, store).click()
  await page.getByLabel('来源单号').fill('CG-2026-001')
  const scan = page.getByLabel('扫码加入商品')
  await scan.fill('T-800')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('status').filter({ hasText: '气泡膜，数量 1' })).toBeVisible()
  await scan.fill('T-800')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('status').filter({ hasText: '气泡膜，数量 2' })).toBeVisible()
  await scan.fill('T-899')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('status').filter({ hasText: '没有找到“T-899”' })).toBeVisible()
  await page.evaluate(() => navigator.clipboard.writeText('T-801\t48\nT-800\t58'))
  await scan.click()
  await page.keyboard.press('Control+v')
  await expect(page.getByLabel('入库数量 气泡膜')).toHaveValue('60')
  await expect(page.getByLabel('入库数量 打包带')).toHaveValue('48')
  await page.getByRole('button', { name: '确认入库' }).click()
  await expect(page.getByText('已入库 2 种商品')).toBeVisible()

  await page.goto('/stock?q=T-800')
  const row = page.getByRole('row', { name: /T-800/ })
  await expect(row).toContainText('60')
  await row.getByRole('button', { name: '盘点 气泡膜' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('盘点数量').fill('57')
  await expect(dialog).toContainText('现存量减少 3 箱')
  await dialog.getByRole('button', { name: '确认调整' }).click()
  // A count without its reason is not taken.
  await expect(dialog.locator('.ant-form-item', { has: page.getByLabel('原因') })).toContainText('必填')
  await dialog.getByRole('button', { name: '破损' }).click()
  await dialog.getByRole('button', { name: '确认调整' }).click()
  await expect(dialog).toBeHidden()
  await expect(row).toContainText('57')

  await row.getByRole('link', { name: 'T-800' }).click()
  const movement = (kind: string) => page.locator('[data-row]').filter({ hasText: kind })
  await expect(movement('盘点调整')).toContainText('−3')
  await expect(movement('破损')).toHaveCount(1)
  await expect(movement('入库')).toContainText('60')
})

/** Bins, lots, transfers and counts: received with a lot, moved, sent to another warehouse, counted blind and approved by somebody else, followed. */
import { makeProduct, warehouse } from './arrange'
import { choice } from './choice'
import { arrange, expect, test } from './test'

let store = ''

arrange(async api => {
  const admin = await api('admin')
  await makeProduct(admin, { code: 'T-820', name: '护手霜', price: '20.00' })
  const place = await warehouse(admin)
  store = place.name
  await admin.post(`/warehouses/${place.id}/bins`, { code: 'E2E-01', name: '测试货架' })
  await admin.post('/warehouses', { code: 'E2E-W', name: '备货仓' })
})

test.use({ refusals: [422] })

test('a lot goes into a bin, to another warehouse, and is followed', async ({ as }) => {
  const page = await as('warehouse')
  await page.goto('/stock/receive')
  await page.getByRole('combobox', { name: '仓库' }).fill(store)
  await choice(page, store).click()
  await page.getByLabel('扫码加入商品').fill('T-820')
  await page.keyboard.press('Enter')
  await page.getByLabel('库位 护手霜').fill('E2E-99')
  await page.getByLabel('批次/序列号 护手霜').fill('HS-1')
  await page.getByLabel('入库数量 护手霜').fill('30')
  await page.getByRole('button', { name: '确认入库' }).click()
  // A bin that is not known is told, and nothing came in.
  await expect(page.getByText('E2E-99').first()).toBeVisible()
  await page.getByLabel('库位 护手霜').fill('E2E-01')
  await page.getByRole('button', { name: '确认入库' }).click()
  await expect(page.getByText('已入库 1 种商品')).toBeVisible()

  await page.goto('/stock/places')
  await page.getByRole('combobox', { name: '商品' }).fill('护手霜')
  await choice(page, '护手霜').click()
  const row = page.getByRole('row', { name: /HS-1/ })
  await expect(row).toContainText('E2E-01')
  await row.getByRole('button', { name: '移库、改状态' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('数量').fill('4')
  await dialog.getByRole('combobox', { name: '改为状态' }).click()
  await choice(page, '待检').click()
  await dialog.getByLabel('原因').fill('抽检')
  await dialog.getByRole('button', { name: '确认移动' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('row', { name: /待检/ })).toContainText('4')

  await page.goto('/stock/transfers/new')
  await page.getByRole('combobox', { name: '调出仓库' }).fill(store)
  await choice(page, store).click()
  await page.getByRole('combobox', { name: '调入仓库' }).fill('备货仓')
  await choice(page, '备货仓').click()
  await page.getByLabel('扫码加入商品').fill('T-820')
  await page.keyboard.press('Enter')
  await page.getByLabel('入库数量 护手霜').fill('10')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByRole('button', { name: '发出' }).click()
  await expect(page.getByText('在途').first()).toBeVisible()
  await page.getByRole('button', { name: '收货' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '收货' }).click()
  await expect(page.getByText('已收货').first()).toBeVisible()

  await page.getByRole('link', { name: 'HS-1' }).click()
  await expect(page.getByRole('heading', { name: 'HS-1' })).toBeVisible()
  await expect(page.getByRole('row', { name: /调入/ })).toContainText('备货仓')
})

test('a blind count hides the books until somebody else decides', async ({ as }) => {
  const page = await as('warehouse')
  await page.goto('/stock/counts?new=1')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox', { name: '仓库' }).fill(store)
  await choice(page, store).click()
  await dialog.getByLabel('库位').fill('E2E-01')
  await dialog.getByRole('button', { name: '开始盘点' }).click()
  await expect(page.getByText('盲盘：提交前不显示账面数量。')).toBeVisible()
  await expect(page.getByRole('columnheader', { name: '账面' })).toHaveCount(0)
  const counted = page.getByLabel(/^盘点数 护手霜/)
  await expect(counted).toHaveCount(2)
  for (const [place, value] of ['15', '4'].entries()) await counted.nth(place).fill(value)
  await page.getByRole('button', { name: '保存 2 行' }).click()
  await page.getByRole('button', { name: '提交' }).click()
  await expect(page.getByText('待批准').first()).toBeVisible()
  await expect(page.getByRole('columnheader', { name: '账面' })).toBeVisible()
  const finance = await as('finance')
  await finance.goto(page.url())
  await finance.getByRole('button', { name: '批准差异' }).click()
  await expect(finance.getByText('已完成').first()).toBeVisible()
})

/** Order entry as a sales rep does it: by keyboard alone, pasted from a spreadsheet, and told at the field what is missing. */
import type { Page } from '@playwright/test'
import { ahead, LINES, makeCustomer, makeGoods, makeProduct, receive, TOTAL } from './arrange'
import { choice } from './choice'
import { Keyboard } from './keyboard'
import { arrange, expect, test } from './test'

arrange(async api => {
  const admin = await api('admin')
  await makeGoods(admin, await api('warehouse'))
  await makeCustomer(admin, 'T-K01')
  // Stock of its own, which no other test reserves.
  await makeProduct(admin, { code: 'T-600', name: '打印色带', price: '10.00' })
  await receive(await api('warehouse'), [{ product_id: 'T-600', quantity: '500' }])
})

const focused = (page: Page, label: string) => expect(page.getByLabel(label, { exact: true })).toBeFocused()

async function chooseCustomer(page: Page): Promise<void> {
  const field = page.getByRole('combobox', { name: '客户', exact: true })
  await expect(field).toBeFocused()
  await page.keyboard.type('T-K01')
  await expect(choice(page, 'T-K01')).toBeVisible()
}

test.describe('by keyboard', () => {
  // Submitting without a date is refused on the way.
  test.use({ refusals: [422] })

  test('a new order of five lines takes at most 25 keys beyond the text itself', async ({ as }) => {
    const page = await as('sales')
    await page.goto('/my-work')
    await expect(page.getByRole('heading', { name: '我的工作' })).toBeVisible()
    const keys = new Keyboard(page)
    await keys.press('c')
    await chooseCustomer(page)
    await keys.press('Enter')
    for (const [index, line] of LINES.entries()) {
      await focused(page, `第 ${index + 1} 行 商品`)
      await keys.type(line.code)
      await keys.press('Enter')
      await focused(page, `第 ${index + 1} 行 数量`)
      await keys.type(line.quantity)
      if (index < LINES.length - 1) await keys.press('Enter')
    }
    await expect(page.locator('.entry-foot .total')).toContainText(TOTAL)

    // The date is missing: the keyboard is put where it belongs.
    await keys.press('Control+Enter')
    const date = page.getByLabel('客户要求日期')
    await expect(date).toBeFocused()
    await expect(page.locator('[data-field="required_on"]')).toContainText(/必填|请填写|不能为空/)
    await keys.type(ahead(20))
    await keys.press('Enter')
    await keys.press('Control+Enter')

    await expect(page.getByRole('heading', { name: /^SO\d{10}$/ })).toBeVisible()
    await expect(page.locator('.headline')).toContainText(TOTAL)
    await expect(page.getByRole('table', { name: '商品明细' }).getByRole('row')).toHaveCount(LINES.length + 1)
    expect(keys.count).toBeLessThanOrEqual(25)
    test.info().annotations.push({ type: 'keys', description: String(keys.count) })
  })
})

test('rows of a spreadsheet are shown as they were understood before they become lines', async ({ as }) => {
  const page = await as('sales', { permissions: ['clipboard-read', 'clipboard-write'] })
  await page.goto('/orders/new')
  await chooseCustomer(page)
  await page.keyboard.press('Enter')
  await focused(page, '第 1 行 商品')
  const copied = ['商品编码\t数量\t备注', 'T-100\t12\t先发', 'T-999\t5\t', 'T-300\t八箱\t', 'T-600\t1,200\t'].join('\n')
  await page.evaluate(text => navigator.clipboard.writeText(text), copied)
  await page.keyboard.press('Control+v')

  const preview = page.getByRole('dialog', { name: '粘贴预览' })
  await expect(preview).toContainText('识别 2 行')
  await expect(preview).toContainText('2 行有误')
  const row = (index: number) => preview.getByRole('row').nth(index)
  await expect(row(1)).toContainText('复印纸甲')
  await expect(row(2)).toContainText('找不到商品')
  await expect(row(3)).toContainText('数量有误')
  await expect(row(4)).toContainText('1,200 箱')
  await preview.getByRole('button', { name: '添加 2 行' }).click()

  await expect(page.getByLabel('第 1 行 数量')).toHaveValue('12')
  await expect(page.getByLabel('第 1 行 备注')).toHaveValue('先发')
  await expect(page.getByLabel('第 2 行 数量')).toHaveValue('1200')
  // 12 × 400.00 + 1,200 × 10.00
  await expect(page.locator('.entry-foot .total')).toContainText('16,800.00')
  // More than is there is said at the line, not after sending.
  await expect(page.locator('[data-line="1"] .entry-available .ink-late')).toContainText('500')
})

test('what was typed is still there after the page was left', async ({ as }) => {
  const page = await as('sales')
  await page.goto('/orders/new')
  await chooseCustomer(page)
  await page.keyboard.press('Enter')
  await focused(page, '第 1 行 商品')
  await page.keyboard.type('T-200')
  await page.keyboard.press('Enter')
  await focused(page, '第 1 行 数量')
  await page.keyboard.type('7')
  await expect(page.locator('.entry-foot .total')).toContainText('2,100.00')
  await page.goto('/orders')
  await page.goto('/orders/new')
  await expect(page.getByText('已恢复')).toBeVisible()
  await expect(page.getByLabel('第 1 行 数量')).toHaveValue('7')
  await expect(page.locator('.entry-foot .total')).toContainText('2,100.00')
})

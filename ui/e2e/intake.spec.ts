/** A message is pasted, one product corrected, the draft confirmed; pasted again, what was corrected is known. */
import type { Page } from '@playwright/test'
import { makeProduct } from './arrange'
import { choice } from './choice'
import { arrange, expect, test } from './test'

arrange(async api => {
  const admin = await api('admin')
  await makeProduct(admin, { code: 'T-KD1', name: '快递袋 加厚白', price: '30.00' })
  await makeProduct(admin, { code: 'T-KD2', name: '快递袋 加厚灰', price: '30.00' })
})

const MESSAGE = '明华印务 要双胶纸80g 787的20令，老款白袋子五箱，尽快送到'

async function paste(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: '客户来信' }).fill(MESSAGE)
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('heading', { name: '读到的内容' })).toBeVisible()
}

test('a pasted message becomes a draft, and a corrected product is known the next time', async ({ as }) => {
  const page = await as('sales')
  await page.goto('/orders')
  await page.getByRole('link', { name: '粘贴文字下单' }).first().click()
  await expect(page.getByText('粘贴一段文字，得到一张草稿')).toBeVisible()
  await paste(page)
  const lines = page.locator('.intake-line')
  await expect(lines).toHaveCount(2)
  await expect(lines.nth(0)).toContainText('双胶纸 80g')
  await expect(page.getByText('客户写的是“尽快”')).toBeVisible()
  await expect(page.locator('.intake-text mark').first()).toBeVisible()

  // What is meant by 老款白袋子 nobody can know: a person says so.
  await page.getByRole('combobox', { name: '第 2 行 商品' }).fill('T-KD1')
  await choice(page, 'T-KD1').click()
  await expect(lines.nth(1)).toContainText('已改')
  await page.getByRole('button', { name: '生成草稿' }).click()
  await expect(page).toHaveURL(/\/orders\/[0-9a-z]{13}/)
  await expect(page.getByText('快递袋 加厚白').first()).toBeVisible()

  await page.goto('/orders/from-text')
  await paste(page)
  await expect(lines.nth(1)).toContainText('学过')
  await expect(lines.nth(1)).toContainText('快递袋 加厚白')
})

test('who administers sees what was learned and lets it be forgotten', async ({ as }) => {
  const page = await as('admin')
  await page.goto('/orders/learned')
  const row = page.getByText('老款白袋子').first()
  await expect(row).toBeVisible()
  await page.getByRole('button', { name: '删除“老款白袋子”' }).first().click()
  await page.getByRole('button', { name: '删除', exact: true }).last().click()
  await expect(page.getByText('还没有学到用语')).toBeVisible()
})

/** The order list: search, filter, sort, an address that brings the same view back, export of exactly this view. */
import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { choice } from './choice'
import { expect, test } from './test'

function rows(page: Page) {
  return page.getByRole('table', { name: '销售订单' }).locator('[data-row]')
}

async function numbers(page: Page): Promise<string[]> {
  return (await rows(page).locator('.row-link').allInnerTexts()).slice(0, 8)
}

test('search, filter and sort narrow the list, and its address brings it back', async ({ as }) => {
  const page = await as('manager')
  await page.goto('/orders')
  await expect(rows(page).first()).toBeVisible()
  const all = await page.locator('.list-foot').innerText()

  await page.getByRole('button', { name: '筛选' }).click()
  await page.getByRole('combobox', { name: '状态' }).click()
  await choice(page, '已生效').click()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: '完成' }).click()
  await expect(page.getByRole('button', { name: '去掉筛选：状态' })).toContainText('已生效')
  await expect(page.locator('.list-foot')).not.toHaveText(all)
  const count = await rows(page).count()
  await expect(rows(page).filter({ hasText: '已生效' })).toHaveCount(count)

  await page.getByRole('columnheader', { name: '应付金额' }).getByRole('button').click()
  await expect(page.getByRole('columnheader', { name: '应付金额' })).toHaveAttribute('aria-sort', 'descending')
  await expect(page).toHaveURL(/status=effective/)
  await expect(page).toHaveURL(/sort=-payable/)
  const heads = await page.getByRole('columnheader').allInnerTexts()
  const place = heads.findIndex(text => text.startsWith('应付金额'))
  const amounts = async () => {
    const texts = await rows(page)
      .locator(`[role="cell"]:nth-child(${place + 1})`)
      .allInnerTexts()
    return texts.map(text => Number(text.replace(/,/g, '')))
  }
  await expect
    .poll(async () => {
      const read = await amounts()
      return read.length > 3 && read.every((amount, index) => index === 0 || amount <= (read[index - 1] ?? 0))
    })
    .toBe(true)

  const seen = await numbers(page)
  // A look while the page is still being left finds nothing.
  const now = () => numbers(page).catch(() => [])
  await page.goto('/dashboard')
  await page.goBack()
  await expect.poll(now).toEqual(seen)
  await page.reload()
  await expect.poll(now).toEqual(seen)

  const wanted = seen[1] ?? ''
  await page.getByPlaceholder('订单号、客户、采购单号、拼音').fill(wanted)
  await expect(rows(page)).toHaveCount(1)
  await expect(rows(page)).toContainText(wanted)
  await page.keyboard.press('Escape')
})

test('j and k move, Enter opens, back returns to the same row', async ({ as }) => {
  const page = await as('manager')
  await page.goto('/orders?view=effective')
  await expect(rows(page).first()).toBeVisible()
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('k')
  await page.keyboard.press('j')
  const number = await rows(page).nth(1).locator('.row-link').innerText()
  await expect(rows(page).nth(1).locator('.row-link')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: number })).toBeVisible()
  await page.goBack()
  await expect(page).toHaveURL(/view=effective/)
  await expect(rows(page).first()).toBeVisible()
})

test('the export holds exactly the rows of the view', async ({ as, api }) => {
  const summary = await (await api('manager')).get<{ count: number }>('/orders/summary?status=effective')
  const page = await as('manager')
  await page.goto('/orders?status=effective')
  await expect(rows(page).first()).toBeVisible()
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: '导出' }).click()
  await page.getByRole('menuitem', { name: '导出 CSV（当前视图）' }).click()
  const file = await downloading
  expect(file.suggestedFilename()).toMatch(/^销售订单 \d{4}-\d{2}-\d{2}\.csv$/)
  const text = await readFile(await file.path(), 'utf8')
  const lines = text
    .replace(/^\uFEFF/, '')
    .trim()
    .split(/\r?\n/)
  expect(lines[0]).toMatch(/^单号,/)
  expect(lines).toHaveLength(summary.count + 1)
  const first = await rows(page).first().locator('.row-link').innerText()
  expect(lines[1]).toContain(first)
})

/** The import wizard: a real workbook comes in once, whole; a file with one bad row comes in not at all, and says which cell. */
import { readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from './test'

const NORTHWIND = resolve(import.meta.dirname, '../../crates/app/tests/data/northwind')
const FILES = ['customers', 'products', 'orders', 'order_details', 'shippers', 'categories'].map(name =>
  join(NORTHWIND, `${name}.csv`),
)

interface Given {
  name: string
  mimeType: string
  buffer: Buffer
}

async function upload(page: Page, files: string[] | Given[]): Promise<void> {
  await page.goto('/import')
  await page.getByLabel('选择文件').setInputFiles(files)
  await page.getByRole('button', { name: '上传并检查' }).click()
  await expect(page).toHaveURL(/\/import\/[0-9a-z]{13}/, { timeout: 60_000 })
}

/** New, changed, same and wrong rows of a noun. */
async function counts(page: Page, noun: string): Promise<string[]> {
  const row = page
    .getByRole('table', { name: /将要导入/ })
    .getByRole('row')
    .filter({ has: page.getByText(noun, { exact: true }) })
  return (await row.getByRole('cell').allInnerTexts()).slice(1, 5)
}

test('Northwind is previewed with its figures, runs once, and brings nothing the second time', async ({ as, api }) => {
  test.setTimeout(300_000)
  const page = await as('admin')
  await upload(page, FILES)
  await expect(page.getByText('检查通过，没有错误')).toBeVisible()
  await expect.poll(() => counts(page, '客户')).toEqual(['93', '0', '0', '0'])
  await expect.poll(() => counts(page, '商品')).toEqual(['77', '0', '0', '0'])
  await expect.poll(() => counts(page, '订单')).toEqual(['830', '0', '0', '0'])
  await expect.poll(() => counts(page, '订单明细')).toEqual(['2,155', '0', '0', '0'])
  const main = page.getByRole('main')
  await expect(main).toContainText('1,265,793.29')
  await expect(main).toContainText('64,942.69')
  // A preview writes nothing.
  const reader = await api('manager')
  const before = await reader.get<{ count: number }>('/orders/summary')

  await page.getByRole('button', { name: '开始导入' }).click()
  await expect(page.getByText('全部导入完成')).toBeVisible({ timeout: 200_000 })
  const after = await reader.get<{ count: number }>('/orders/summary')
  expect(after.count - before.count).toBe(830)

  await upload(page, FILES)
  await expect(page.getByText('同样的文件已经导入过，不会重复导入')).toBeVisible()
  await expect(page.getByRole('button', { name: '开始导入' })).toHaveAttribute('aria-disabled', 'true')
  expect((await reader.get<{ count: number }>('/orders/summary')).count).toBe(after.count)
})

test('one bad row is named at its cell and nothing of the file comes in', async ({ as, api }) => {
  const lines = readFileSync(join(NORTHWIND, 'products.csv'), 'utf8').trim().split('\n')
  // The price of the fifth product, in row 6 and column F, is a word.
  const wrong = lines.map((line, index) =>
    index === 5 ? line.replace(/,([\d.]+)(,[^,]*,[^,]*,[^,]*,[^,]*)$/, ',十八块$2') : line,
  )
  expect(wrong[5]).toContain('十八块')
  const page = await as('admin')
  const reader = await api('admin')
  const listed = async () =>
    (await reader.get<{ items: { code: string }[] }>('/products?q=Chai&limit=200')).items.length
  const before = await listed()
  const given = FILES.map(file => ({ name: basename(file), mimeType: 'text/csv', buffer: readFileSync(file) }))
  const broken = Buffer.from(`${wrong.join('\n')}\n`)
  await upload(
    page,
    given.map(file => (file.name === 'products.csv' ? { ...file, buffer: broken } : file)),
  )
  await expect(page.getByText(/有 1 处错误，一行也不会导入/)).toBeVisible()
  const row = page.getByRole('table', { name: '错误明细' }).getByRole('row').nth(1)
  await expect(row).toContainText('F6')
  await expect(row).toContainText('十八块')
  await expect(page.getByRole('button', { name: '开始导入' })).toHaveAttribute('aria-disabled', 'true')
  expect(await listed()).toBe(before)
})

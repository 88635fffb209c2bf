/**
 * How fast an order of fifty lines is typed, for docs/performance.md: by the program alone, without a pause between keys, and by a typist of
 * five keys a second. A measurement, no test: `SHUNDAN_MEASURE=1 npx playwright test --project=measure`.
 */
import type { Page } from '@playwright/test'
import { makeCustomer, makeProduct, receive } from './arrange'
import { choice } from './choice'
import { arrange, expect, test } from './test'

const LINES = 50
const code = (line: number) => `S-${String(line + 100)}`
const quantity = (line: number) => String(10 + line)

arrange(async api => {
  const admin = await api('admin')
  for (let line = 0; line < LINES; line += 1)
    await makeProduct(admin, { code: code(line), name: `速录商品${line}`, price: '12.50' })
  await receive(
    await api('warehouse'),
    Array.from({ length: LINES }, (_, line) => ({ product_id: code(line), quantity: '500' })),
  )
  await makeCustomer(admin, 'T-S01')
})

/** Waits until the availability and the amount of the whole quantity of a line are shown; how long that took since `from`. */
async function shown(page: Page, line: number, from: number): Promise<number> {
  await page.waitForFunction(
    ([label, amount]) => {
      const row = document.querySelector(`[aria-label="${label}"]`)?.closest('.entry-row')
      const text = (part: string) => row?.querySelector(part)?.textContent?.trim() ?? ''
      return text('.entry-available') !== '' && text('.entry-gross').replace(',', '') === amount
    },
    [`第 ${line + 1} 行 数量`, (12.5 * (10 + line)).toFixed(2)],
    { polling: 'raf' },
  )
  return performance.now() - from
}

/** Waits until a field has the keyboard; looked at with every picture of the screen, so that waiting adds nothing. */
const focused = (page: Page, label: string) =>
  page.waitForFunction(wanted => document.activeElement?.getAttribute('aria-label') === wanted, label, {
    polling: 'raf',
  })

const part = (all: number[], share: number) =>
  Math.round(all.toSorted((a, b) => a - b)[Math.min(all.length - 1, Math.floor(all.length * share))] ?? 0)

for (const [name, pause] of [
  ['without a pause between keys', 0],
  ['by a typist of five keys a second', 200],
] as const) {
  test(`fifty lines ${name}`, async ({ as }) => {
    test.setTimeout(300_000)
    const page = await as('sales')
    await page.goto('/orders/new')
    await expect(page.getByRole('combobox', { name: '客户', exact: true })).toBeFocused()
    await page.keyboard.type('T-S01')
    await expect(choice(page, 'T-S01')).toBeVisible()
    await page.keyboard.press('Enter')
    await focused(page, '第 1 行 商品')

    let keys = 0
    const waits: Promise<number>[] = []
    const type = async (text: string) => {
      keys += text.length + 1
      await page.keyboard.type(text, { delay: pause })
      await page.keyboard.press('Enter')
      if (pause) await page.waitForTimeout(pause)
    }
    const begun = performance.now()
    for (let line = 0; line < LINES; line += 1) {
      await type(code(line))
      await focused(page, `第 ${line + 1} 行 数量`)
      await type(quantity(line))
      const wait = shown(page, line, performance.now())
      waits.push(wait)
      // Who types on does not wait for the figures; without pauses they are waited for, to see what the program takes.
      if (!pause) await wait
      await focused(page, `第 ${line + 2} 行 商品`)
    }
    const figured = await Promise.all(waits)
    const seconds = ((performance.now() - begun) / 1000).toFixed(1)
    const figures = `${seconds} s, ${keys} keys; price and stock after median ${part(figured, 0.5)} ms, 95 % ${part(figured, 0.95)} ms, worst ${part(figured, 1)} ms`
    test.info().annotations.push({ type: 'figures', description: figures })
    process.stdout.write(`fifty lines ${name}: ${figures}\n`)
    await expect(page.locator('.entry-foot .total')).toContainText('21,562.50')
  })
}

/**
 * The whole life of an order: entered by the sales rep, reviewed by customer service, approved by two on the phone, shipped in two parts with
 * a photo as proof, billed and paid by finance, refused to be closed while money is open, asked about by after-sales, closed.
 *
 * Figures as in the `standard` company: 50,800.00 with a deposit of 30 %, 60 of 100 in stock, 35,560.00 open.
 */
import { expect as check, type Page } from '@playwright/test'
import { BALANCE, DEPOSIT, LINES, makeCustomer, makeGoods, makeOrder, receive, TOTAL } from './arrange'
import { Hand } from './hand'
import { arrange, expect, test } from './test'

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
/** A picture of one pixel, as a camera would send it. */
const PHOTO = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

arrange(async api => {
  const admin = await api('admin')
  await makeGoods(admin, await api('warehouse'))
  await makeCustomer(admin, 'T-L01')
})

/** The tracks as the order page words them. */
function tracks(page: Page) {
  return page.getByRole('list', { name: '五条轨道' }).getByRole('listitem')
}

async function press(page: Page, name: string): Promise<void> {
  await page.locator('.action-bar').getByRole('button', { name, exact: true }).click()
}

/** A step that is not allowed stands there and says why. */
async function refusal(page: Page, verb: string): Promise<string> {
  const bar = page.locator('.action-bar')
  const button = bar.getByRole('button', { name: verb, exact: true })
  if (await button.isVisible()) {
    await expect(button).toHaveAttribute('aria-disabled', 'true')
    await button.hover()
    return (await page.locator('.ant-popover:visible').innerText()).trim()
  }
  await bar.getByRole('button', { name: '更多' }).click()
  const item = page.getByRole('menuitem', { name: new RegExp(`^${verb}`) })
  await expect(item).toHaveAttribute('aria-disabled', 'true')
  const why = await item.locator('.menu-reason').innerText()
  await page.keyboard.press('Escape')
  return why
}

test('from draft to closed, each by whose work it is', async ({ as, api }) => {
  test.setTimeout(240_000)
  const entered = await makeOrder(
    await api('sales'),
    'T-L01',
    LINES.map(line => ({ product_id: line.code, quantity: line.quantity })),
    false,
  )
  const path = `/orders/${entered.id}`
  const sales = await as('sales')

  await test.step('the sales rep submits, and cannot review it', async () => {
    await sales.goto(path)
    await expect(sales.getByRole('heading', { name: '草稿（未编号）' })).toBeVisible()
    await press(sales, '提交')
    await expect(sales.getByRole('heading', { name: /^SO\d{10}$/ })).toBeVisible()
    await expect(tracks(sales).nth(0)).toContainText('待初审')
    check(await refusal(sales, '初审')).toMatch(/权限|不能|无权/)
    check(await refusal(sales, '发货')).not.toBe('')
  })
  const number = await sales.getByRole('heading', { level: 1 }).innerText()

  await test.step('customer service reviews with the checklist', async () => {
    const page = await as('service')
    await page.goto('/my-work?kind=review')
    await page.getByRole('button', { name: new RegExp(number) }).click()
    const decision = page.getByRole('region', { name: number })
    const button = decision.getByRole('button', { name: /^已核对 0\/\d+$/ })
    await expect(button).toBeDisabled()
    await decision.getByRole('checkbox', { name: /全部核对/ }).check()
    await decision.getByRole('button', { name: '初审通过' }).click()
    await expect(page.getByText('初审通过').last()).toBeVisible()
  })

  await test.step('the sales rep sees it at once, without reloading', async () => {
    await expect(tracks(sales).nth(0)).toContainText('待审批')
  })

  await test.step('the manager approves on the phone with one tap, finance second', async () => {
    for (const [person, next] of [
      ['manager', '待审批'],
      ['finance', '已生效'],
    ] as const) {
      const page = await as(person, PHONE)
      await page.goto('/my-work?kind=approve')
      await page.getByRole('button', { name: new RegExp(number) }).tap()
      const card = page.getByRole('region', { name: number })
      await expect(card.getByText(TOTAL).first()).toBeVisible()
      await card.getByRole('button', { name: '审批通过', exact: true }).tap()
      // The first of two makes nothing effective.
      await expect(card).toBeHidden()
      await expect(tracks(sales).nth(0)).toContainText(next)
    }
  })

  const store = await as('warehouse')
  await test.step('the warehouse ships what is there', async () => {
    await store.goto(path)
    await expect(tracks(store).nth(1)).toContainText('部分备货')
    // 60 of 100 is not a line that is covered.
    await expect(tracks(store).nth(1)).toContainText('备齐 4/5 行')
    await press(store, '发货')
    const dialog = store.getByRole('dialog')
    await expect(dialog.getByLabel('复印纸甲 本次发货')).toHaveValue('60')
    await expect(dialog.getByLabel('复印纸乙 本次发货')).toHaveValue('20')
    await dialog.getByLabel('承运人').fill('顺丰速运')
    await dialog.getByRole('button', { name: '生成发货单（5 行）' }).click()
    await expect(tracks(store).nth(2)).toContainText('部分发货')
  })

  await test.step('the rest goes out when it has come in', async () => {
    await receive(await api('warehouse'), [{ product_id: 'T-100', quantity: '40' }])
    await store.reload()
    await press(store, '发货')
    const dialog = store.getByRole('dialog')
    await expect(dialog.getByLabel('复印纸甲 本次发货')).toHaveValue('40')
    await dialog.getByRole('button', { name: '生成发货单（1 行）' }).click()
    await expect(tracks(store).nth(2)).toContainText('已发货')
  })

  await test.step('both deliveries are signed for, one with a photo', async () => {
    await store.getByRole('tab', { name: /单据与凭证/ }).click()
    for (const signer of ['林小姐', '王师傅']) {
      await store.locator('.order-panel').getByRole('button', { name: '登记签收' }).first().click()
      const dialog = store.getByRole('dialog')
      await dialog.getByLabel('签收人').fill(signer)
      if (signer === '林小姐') {
        await dialog
          .locator('input[type=file]')
          .setInputFiles({ name: '回单.png', mimeType: 'image/png', buffer: PHOTO })
        await expect(dialog.getByRole('link', { name: /回单\.png/ })).toBeVisible()
      }
      await dialog.getByRole('button', { name: '确认签收' }).click()
      await expect(dialog).toBeHidden()
      await expect(store.locator('.order-panel')).toContainText(signer)
    }
    await expect(tracks(store).nth(2)).toContainText('已签收')
    const photo = store.locator('.order-panel img').first()
    await expect.poll(() => photo.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1)
  })

  const money = await as('finance')
  await test.step('finance bills all of it and takes the deposit in at most four interactions', async () => {
    await money.goto(path)
    await press(money, '开票')
    const billing = money.getByRole('dialog')
    await billing.getByRole('button', { name: '开票', exact: true }).click()
    await expect(tracks(money).nth(3)).toContainText('已开票')

    const hand = new Hand()
    await hand.click(money.locator('.action-bar').getByRole('button', { name: '登记收款' }))
    const paying = money.getByRole('dialog')
    await hand.click(paying.getByRole('button', { name: `定金 ¥${DEPOSIT}` }))
    await hand.click(paying.getByRole('button', { name: '登记收款' }))
    await expect(tracks(money).nth(3)).toContainText('部分收款')
    expect(hand.count).toBeLessThanOrEqual(4)
  })

  await test.step('it cannot be closed while money is open, and says how much', async () => {
    const way = money.getByRole('region', { name: '卡在哪里' })
    await expect(way).toContainText('闭环还差')
    await expect(way).toContainText(BALANCE)
    check(await refusal(money, '闭环')).toContain(BALANCE)
  })

  await test.step('the balance is two interactions', async () => {
    const hand = new Hand()
    await hand.click(money.locator('.action-bar').getByRole('button', { name: '登记收款' }))
    const paying = money.getByRole('dialog')
    await expect(paying.getByLabel('金额')).toHaveValue(BALANCE.replace(',', ''))
    await hand.click(paying.getByRole('button', { name: '登记收款' }))
    await expect(tracks(money).nth(3)).toContainText('已结清')
    expect(hand.count).toBeLessThanOrEqual(4)
  })

  await test.step('after-sales asks the customer, then closes', async () => {
    const page = await as('aftersales')
    await page.goto(path)
    await expect(tracks(page).nth(4)).toContainText('待回访')
    await press(page, '登记回访')
    const dialog = page.getByRole('dialog')
    await dialog.getByText('很满意', { exact: true }).click()
    await dialog.getByLabel('客户意见').fill('包装完好，送货及时')
    await dialog.getByRole('button', { name: '保存回访' }).click()
    await expect(tracks(page).nth(4)).toContainText(/^服务满意/)
    await press(page, '闭环')
    await expect(tracks(page).nth(0)).toContainText('已闭环')
  })

  await test.step('its history names everybody', async () => {
    await expect(tracks(sales).nth(0)).toContainText('已闭环')
    await sales.getByRole('tab', { name: '动态' }).click()
    for (const name of ['李娜', '赵倩', '周敏', '吴芳', '郑浩', '冯雪']) {
      await expect(sales.getByRole('tabpanel')).toContainText(name)
    }
  })
})

/** Approval with one thumb, and no page wider than the phone. */
import { Api } from './api'
import { LINES, makeCustomer, makeGoods, makeReviewed, TOTAL } from './arrange'
import { arrange, expect, test } from './test'

const orders: { id: string; number: string }[] = []

arrange(async api => {
  const admin = await api('admin')
  const people = { sales: await api('sales'), service: await api('service') }
  await makeGoods(admin, await api('warehouse'))
  await makeCustomer(admin, 'T-P01', { credit_limit: '900000.00', settlement: 'monthly', deposit_rate: '0' })
  const lines = LINES.map(line => ({ product_id: line.code, quantity: line.quantity }))
  orders.length = 0
  for (let index = 0; index < 2; index += 1) orders.push(await makeReviewed(people, 'T-P01', lines))
})

test('one tap approves and the next order comes; returning one takes a reason', async ({ as, url }) => {
  const page = await as('manager')
  const [first, second] = orders
  await page.goto('/my-work?kind=approve')
  await page.getByRole('button', { name: new RegExp(first?.number ?? '') }).tap()
  const card = page.getByRole('region', { name: first?.number })
  await expect(card).toContainText(TOTAL)
  await expect(card).toContainText('A 级客户')
  // What is out of the ordinary stands on the card: 60 of 100 in stock.
  await expect(card).toContainText('1 行库存不足')
  const approve = card.getByRole('button', { name: '审批通过', exact: true })
  // Reached by the thumb without scrolling.
  await expect(approve).toBeInViewport()
  await approve.tap()
  await expect(card).toBeHidden()
  await expect(page.getByRole('region', { name: /^SO/ })).toBeVisible()

  await page.goto(`/my-work?kind=approve&item=approve-${second?.id}`)
  const other = page.getByRole('region', { name: second?.number })
  await other.getByRole('button', { name: '退回', exact: true }).tap()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: '退回', exact: true }).tap()
  await expect(dialog).toContainText('请填写原因')
  await dialog.getByRole('button', { name: '价格与方案不符' }).tap()
  await dialog.getByRole('button', { name: '退回', exact: true }).tap()
  await expect(dialog).toBeHidden()
  const api = await Api.as(url, 'manager')
  const state = await api.get<{ status: string }>(`/orders/${second?.id}`)
  expect(state.status).toBe('draft')
})

const PAGES = [
  '/my-work',
  '/dashboard',
  '/orders',
  '/customers',
  '/products',
  '/prices',
  '/stock',
  '/shipments',
  '/invoices',
  '/payments',
  '/me',
]

test('no page is wider than the phone, and the bar at the foot leads everywhere', async ({ as }) => {
  const page = await as('manager')
  for (const path of [...PAGES, `/orders/${orders[0]?.id}`, '/orders/new']) {
    await page.goto(path)
    await expect(page.locator('.bone, .skeleton')).toHaveCount(0)
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    expect(width, path).toBeLessThanOrEqual(390)
  }
  await page.getByRole('link', { name: '订单' }).tap()
  await expect(page.getByRole('heading', { name: '销售订单' })).toBeVisible()
  await page.getByRole('button', { name: '扫码查找' }).tap()
  await expect(page.getByRole('dialog')).toBeVisible()
})

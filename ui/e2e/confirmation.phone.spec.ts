/** The customer's side of an order confirmation, on a phone: read by the link, signed by finger, kept as evidence. */
import AxeBuilder from '@axe-core/playwright'
import { Api } from './api'
import { makeCustomer, makeProduct, makeReviewed, receive } from './arrange'
import { expect, test } from './test'

// A wrong link is refused.
test.use({ refusals: [404] })

const RULES = `title = "签字后生效"
[[checklist]]
code = "lines"
[[approval]]
code = "manager"
stage = 1
roles = ["sales_manager"]
[confirmation]
ask = "customer.grade != 'A'"
`

test('a customer opens the link, draws a signature, and the order takes effect', async ({ as, url, page }) => {
  const [admin, store] = [await Api.as(url, 'admin'), await Api.as(url, 'warehouse')]
  const people = { sales: await Api.as(url, 'sales'), service: await Api.as(url, 'service') }
  const manager = await Api.as(url, 'manager')
  const customer = await makeCustomer(admin, 'QR-001', { grade: 'B' })
  await makeProduct(admin, { code: 'QR-100', name: '确认纸箱', price: '50.00' })
  await receive(store, [{ product_id: 'QR-100', quantity: '100' }])
  const rules = await admin.post<{ id: string; version: number }>('/blueprints', { content: RULES, why: '签字' })
  await admin.act(`/blueprints/${rules.id}/activate`, rules.version, { why: '签字' })
  const order = await makeReviewed(people, customer, [{ product_id: 'QR-100', quantity: '20' }])
  await manager.post(`/orders/${order.id}/approve`, { note: '' })

  const service = await as('service', { permissions: ['clipboard-read', 'clipboard-write'] })
  await service.goto(`/orders/${order.id}`)
  await service.getByRole('button', { name: '发送确认书' }).tap()
  const dialog = service.getByRole('dialog')
  await dialog
    .locator('input[type=file]')
    .first()
    .setInputFiles({
      name: '订单确认书.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF'),
    })
  await expect(dialog.getByText('订单确认书.pdf')).toBeVisible()
  await dialog.getByRole('button', { name: /^发\s?送$/ }).tap()
  const link = await service.getByRole('textbox', { name: '复制链接' }).inputValue()
  expect(link).toContain('/sign/')

  await page.goto(`${url}/sign/nonsense`)
  await expect(page.getByRole('alert')).toContainText('链接无效或已过期')
  await page.goto(link)
  await expect(page.getByRole('heading', { name: '订单确认书' })).toBeVisible()
  await expect(page.getByText('¥1,000.00').first()).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  const submit = page.getByRole('button', { name: '确认签署' })
  await expect(submit).toBeDisabled()
  const pad = page.getByRole('img', { name: '签名区域' })
  await pad.scrollIntoViewIfNeeded()
  const box = await pad.boundingBox()
  if (!box) throw new Error('no field to sign in')
  await page.mouse.move(box.x + 40, box.y + 90)
  await page.mouse.down()
  for (let step = 1; step <= 12; step += 1) {
    await page.mouse.move(box.x + 40 + step * 20, box.y + 90 + (step % 2 === 0 ? 30 : -30))
  }
  await page.mouse.up()
  await page.getByRole('textbox', { name: '签字人姓名' }).fill('王经理')
  await page.getByRole('checkbox').check()
  await submit.tap()
  await expect(page.getByText('已签署', { exact: true })).toBeVisible()
  await expect(page.getByRole('region', { name: '签署回执' })).toContainText('王经理')

  await service.goto(`/orders/${order.id}`)
  await expect(service.getByText('已生效', { exact: true }).first()).toBeVisible()
  const card = service.locator('.confirmations')
  await expect(card).toContainText('王经理')
  await expect(card).toContainText('手写签名')
})

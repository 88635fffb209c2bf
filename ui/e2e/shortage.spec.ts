/**
 * Sixty of a hundred are there: customer service sees every way out on one screen, the customer takes delivery in parts, and what proves it
 * stands with the choice (INV-03). Figures as in the `standard` company.
 */
import { Api } from './api'
import { ahead, makeCustomer, makeProduct, makeReviewed, receive } from './arrange'
import { expect, test } from './test'

test.use({ refusals: [422] })

test('the customer chooses delivery in parts when sixty of a hundred are there', async ({ as, url }) => {
  const [admin, sales, service] = [await Api.as(url, 'admin'), await Api.as(url, 'sales'), await Api.as(url, 'service')]
  const [store, manager] = [await Api.as(url, 'warehouse'), await Api.as(url, 'manager')]
  const customer = await makeCustomer(admin, 'QH-C01')
  await makeProduct(admin, { code: 'QH-100', name: '缺货产品', price: '50.00' })
  await receive(store, [{ product_id: 'QH-100', quantity: '60' }])
  const order = await makeReviewed({ sales, service }, customer, [{ product_id: 'QH-100', quantity: '100' }])
  await manager.post(`/orders/${order.id}/approve`, {})

  const desk = await as('service')
  await desk.goto('/promise')
  await desk.getByRole('link', { name: '缺货', exact: true }).click()
  await expect(desk.getByRole('heading', { name: /^待与客户商定 · \d+ 张$/ })).toBeVisible()
  const row = desk.getByRole('row', { name: new RegExp(order.number) })
  await expect(row).toContainText('待客户选择')
  await row.getByRole('link', { name: order.number }).click()

  const line = desk.getByRole('region', { name: '第 1 行 · 缺货产品' }).first()
  await expect(line).toContainText('订购 100 箱，已有 60 箱，缺 40 箱')
  // What is not open says why.
  await expect(desk.getByRole('row', { name: /加急采购/ })).toContainText('没有可加急的供应商')
  await expect(desk.getByRole('row', { name: /从他仓调拨/ })).toContainText('别的仓库也没有')

  await desk.getByRole('button', { name: '选择：分批交货' }).click()
  const dialog = desk.getByRole('dialog')
  await dialog.getByRole('button', { name: '登记客户的选择' }).click()
  await expect(dialog.getByText('必填').first()).toBeVisible()
  const day = dialog.getByLabel('告知客户的交齐日期')
  await day.fill('2020-01-01')
  await day.press('Enter')
  await dialog.getByLabel('内容', { exact: true }).fill('先发 60 箱，其余到货补发')
  await dialog.getByLabel('客户方是谁选的').fill('林小姐')
  await dialog.getByRole('button', { name: '登记客户的选择' }).click()
  await expect(dialog.getByRole('alert').first()).toBeVisible()
  await day.fill(ahead(25))
  await day.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(desk.getByText(`客户选择分批交货，${ahead(25)} 交齐`)).toBeVisible()

  // It is settled, the proof stands with the order, and sixty leave.
  await desk.goto('/shortages')
  await expect(desk.getByRole('row', { name: new RegExp(order.number) })).toContainText('已商定')
  const proofs = await service.get<{ items: { proves: string; given_by: string }[] }>(`/orders/${order.id}/evidence`)
  expect(proofs.items.map(item => [item.proves, item.given_by])).toEqual([['shortage_choice', '林小姐']])
  const dock = await as('warehouse')
  await dock.goto(`/orders/${order.id}`)
  await dock.getByRole('button', { name: '发货', exact: true }).click()
  const parcel = dock.getByRole('dialog')
  await expect(parcel.getByLabel('缺货产品 本次发货')).toHaveValue('60')
  await parcel.getByRole('button', { name: /生成发货单/ }).click()
  await expect(parcel).toBeHidden()
})

/** Goods come from a second warehouse by its rule, go to the more urgent order, are released and shipped from where they lie (INV-02). */
import { Api } from './api'
import { makeCustomer, makeOrder, makeProduct, makeReviewed, receive, warehouse } from './arrange'
import { choice } from './choice'
import { expect, test } from './test'

test.use({ refusals: [422] })

test('goods of two warehouses go to who needs them', async ({ as, url }) => {
  const [admin, sales, service] = [await Api.as(url, 'admin'), await Api.as(url, 'sales'), await Api.as(url, 'service')]
  const [store, manager] = [await Api.as(url, 'warehouse'), await Api.as(url, 'manager')]
  const customer = await makeCustomer(admin, 'YL-C01')
  await makeProduct(admin, { code: 'YL-100', name: '防潮纸箱', price: '10.00' })
  await admin.post('/warehouses', { code: 'YL-W2', name: '外仓' })
  await receive(store, [{ product_id: 'YL-100', quantity: '4' }])
  await store.post('/stock/receive', {
    warehouse_id: 'YL-W2',
    reference: 'E2E',
    note: '',
    lines: [{ product_id: 'YL-100', quantity: '3' }],
  })
  const main = await warehouse(admin)

  // The rule: where the main one has too few, the other helps out.
  const page = await as('admin')
  await page.goto('/warehouses')
  await page.getByRole('link', { name: main.code, exact: true }).first().click()
  const form = page.getByRole('dialog')
  await form.getByRole('combobox', { name: '缺货时也从这些仓库出' }).fill('外仓')
  await choice(page, '外仓').click()
  await form.getByRole('button', { name: '保存' }).click()
  await expect(page.getByText('仓库已保存')).toBeVisible()

  const first = await makeReviewed({ sales, service }, customer, [{ product_id: 'YL-100', quantity: '7' }])
  await manager.post(`/orders/${first.id}/approve`, {})
  const second = await makeOrder(sales, customer, [{ product_id: 'YL-100', quantity: '2' }], true)

  const desk = await as('service')
  await desk.goto(`/orders/${first.id}/goods`)
  await expect(desk.getByRole('region', { name: '外仓' })).toContainText('3')
  await desk.getByRole('link', { name: '谁有这个货' }).first().click()
  await expect(desk.getByText('等货 · 1 行')).toBeVisible()
  await desk.getByRole('row', { name: /外仓/ }).getByRole('button', { name: '转给' }).click()
  const dialog = desk.getByRole('dialog')
  await dialog.getByRole('button', { name: '转过去' }).click()
  await expect(dialog.getByText('必填')).toBeVisible()
  await dialog.getByLabel('原因').fill('医院急用')
  await dialog.getByRole('button', { name: '转过去' }).click()
  await expect(desk.getByText(`已转给订单 ${second.number}`)).toBeVisible()

  await desk.goto(`/orders/${first.id}/goods`)
  await desk.getByRole('button', { name: '优先级' }).click()
  await desk.getByRole('dialog').getByText('9', { exact: true }).click()
  await desk.getByRole('dialog').getByLabel('原因').fill('停产风险')
  await desk.getByRole('dialog').getByRole('button', { name: '保存' }).click()
  await expect(desk.getByText('优先级已设为 9')).toBeVisible()
  await desk.getByRole('button', { name: '放行交货' }).click()
  await expect(desk.getByText('已放行，别的订单拿不走')).toBeVisible()
  await expect(desk.getByRole('button', { name: '撤回放行' })).toBeVisible()

  // Shipped from the other warehouse: only what lies there is proposed.
  const dock = await as('warehouse')
  await dock.goto(`/orders/${first.id}`)
  await dock.getByRole('button', { name: '发货', exact: true }).click()
  const parcel = dock.getByRole('dialog')
  await parcel.getByText('外仓', { exact: true }).click()
  await expect(parcel.getByLabel('防潮纸箱 本次发货')).toHaveValue('1')
  await parcel.getByRole('button', { name: /生成发货单/ }).click()
  await expect(parcel).toBeHidden()
  await dock.goto('/stock/reservations')
  await expect(dock.getByText('请选择商品')).toBeVisible()
})

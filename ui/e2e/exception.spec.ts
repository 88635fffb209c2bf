/** Goods refused at the door wait for an answer; a question lets the order rest. */
import { Api } from './api'
import { makeCustomer, makeProduct, makeReviewed, receive } from './arrange'
import { expect, test } from './test'

async function effectiveOrder(url: string) {
  const [admin, sales, service, manager] = [
    await Api.as(url, 'admin'),
    await Api.as(url, 'sales'),
    await Api.as(url, 'service'),
    await Api.as(url, 'manager'),
  ]
  const customer = await makeCustomer(admin, 'YC-001')
  await makeProduct(admin, { code: 'YC-100', name: '异常纸箱', price: '50.00' })
  await receive(await Api.as(url, 'warehouse'), [{ product_id: 'YC-100', quantity: '20' }])
  const order = await makeReviewed({ sales, service }, customer, [{ product_id: 'YC-100', quantity: '10' }])
  await manager.post(`/orders/${order.id}/approve`)
  return order
}

test('refused goods are redone, and a question lets the order rest', async ({ as, url }) => {
  const order = await effectiveOrder(url)
  const warehouse = await Api.as(url, 'warehouse')
  await warehouse.post(`/orders/${order.id}/ship`, { carrier: '自提', lines: [{ line_no: 1, quantity: '10' }] })
  const page = await warehouse.get<{ shipments: { id: string }[] }>(`/orders/${order.id}`)
  const lines = [{ line_no: 1, accepted: '8', refused: '2' }]
  await warehouse.post(`/shipments/${page.shipments[0]?.id}/deliver`, { signer: '李', note: '外箱破损', lines })

  const service = await as('service')
  await service.goto('/exceptions')
  await service.getByRole('link', { name: `${order.number}-E1` }).click()
  const troubles = service.getByRole('region', { name: '异常与疑问' })
  await expect(troubles).toContainText('客户拒收')
  await troubles.getByRole('button', { name: '重做' }).click()
  const dialog = service.getByRole('dialog')
  await dialog.getByRole('textbox').fill('客户仍然需要')
  await dialog.getByRole('button', { name: '重做' }).click()
  await expect(troubles).toContainText('完好 · 客户仍然需要')

  await troubles.getByRole('button', { name: '提出疑问' }).click()
  await dialog.getByRole('textbox').fill('补货送到几楼？')
  await dialog.getByRole('button', { name: '提出', exact: true }).click()
  await expect(service.getByText('挂起').first()).toBeVisible()
  await troubles.getByRole('textbox', { name: /补货送到几楼/ }).fill('三楼')
  await troubles.getByRole('button', { name: '提交' }).click()
  await expect(troubles).toContainText('已答复')
})

/** An inquiry on the phone: raw words marked as they are typed, the checklist filled until it is clear, answered, and made an order. */
import { Api } from './api'
import { makeCustomer, makeProduct } from './arrange'
import { choice } from './choice'
import { expect, test } from './test'

// The check says what is missing while it is typed.
test.use({ refusals: [422] })

test('an inquiry is taken, cleared up, answered and made an order', async ({ as, url }) => {
  const admin = await Api.as(url, 'admin')
  await makeCustomer(admin, 'XJ-001')
  await makeProduct(admin, { code: 'XJ-100', name: '备忘录纸箱', price: '50.00' })

  const sales = await as('sales')
  await sales.goto('/inquiries/new')
  await sales.getByRole('combobox', { name: '客户' }).fill('XJ-001')
  await choice(sales, 'XJ-001').click()
  await sales.getByRole('textbox', { name: '客户原话' }).fill('要备忘录纸箱XJ-100大概20个，定制颜色，尽快')
  await expect(sales.locator('mark')).toHaveCount(3)
  await expect(sales.locator('.inquiry-item.mark-vague')).toHaveCount(3)
  await sales.getByRole('button', { name: '2 小时内' }).click()
  await sales.getByRole('button', { name: '保存', exact: true }).click()
  await expect(sales.getByText('待澄清', { exact: true }).first()).toBeVisible()
  const path = new URL(sales.url()).pathname

  await sales.goto('/my-work')
  await expect(sales.getByRole('region', { name: '待我处理的客户备忘录' })).toContainText('XJ-001')

  await sales.goto(`${path}/edit`)
  await sales.getByRole('textbox', { name: '产品与规格' }).fill('XJ-100')
  await sales.getByRole('textbox', { name: '数量', exact: true }).fill('20个')
  await sales.getByRole('textbox', { name: '要货日期' }).fill('后天')
  await sales.getByRole('textbox', { name: '图纸' }).fill('图号 DWG-2231')
  await expect(sales.locator('.inquiry-item.mark-vague')).toHaveCount(0)
  await expect(sales.locator('.inquiry-item.mark-missing')).toHaveCount(0)
  await sales.getByRole('button', { name: '保存', exact: true }).click()
  await sales.getByRole('button', { name: '确认已澄清' }).click()
  await expect(sales.getByText('已澄清', { exact: true }).first()).toBeVisible()

  await sales.getByRole('button', { name: '登记答复' }).click()
  await sales.getByRole('dialog').getByRole('textbox', { name: '答复内容' }).fill('后天可以交')
  await sales.getByRole('dialog').getByRole('button', { name: '登记答复' }).click()
  await expect(sales.getByText('后天可以交').first()).toBeVisible()

  await sales.getByRole('button', { name: '转订单' }).click()
  await expect(sales).toHaveURL(/\/orders\//)
  await expect(sales.locator(`a[href="${path}"]`)).toBeVisible()
})

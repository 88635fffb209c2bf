/** Files of customers, products and prices: what is wrong is said at its field, what is saved is found again. */
import { CREDIT_CODE, makeCustomer, makeProduct, WRONG_CREDIT_CODE } from './arrange'
import { choice } from './choice'
import { arrange, expect, test } from './test'

arrange(async api => {
  const admin = await api('admin')
  await makeProduct(admin, { code: 'T-700', name: '热敏纸卷', price: '12.00' })
  await makeCustomer(admin, 'T-C01')
})

test('a wrong credit code is refused at its field, the right one is kept', async ({ as }) => {
  const page = await as('manager')
  await page.goto('/customers/new')
  await page.getByLabel('客户编码').fill('T-C02')
  await page.getByLabel('客户名称').fill('昆山明达包装有限公司')
  const code = page.getByLabel('统一社会信用代码')
  await code.fill(WRONG_CREDIT_CODE)
  await page.getByRole('button', { name: '保存' }).click()
  await expect(page.locator('.ant-form-item', { has: code })).toContainText('信用代码不正确')
  await expect(code).toHaveAttribute('aria-invalid', 'true')
  await expect(page).toHaveURL(/\/customers\/new$/)

  await code.fill(CREDIT_CODE)
  await page.getByLabel('账期（天）').fill('45')
  await page.getByLabel('信用额度').fill('200000')
  await page.getByLabel('姓名').fill('沈经理')
  await page.getByRole('button', { name: '保存' }).click()
  await expect(page.getByRole('heading', { name: '昆山明达包装有限公司' })).toBeVisible()
  await expect(page.getByRole('main')).toContainText(CREDIT_CODE)
  await expect(page.getByRole('main')).toContainText('200,000.00')
  await expect(page.getByRole('main')).toContainText('45 天')
})

test.describe('refused by the server', () => {
  test.use({ refusals: [422, 409] })

  test('a code that is taken is said at the code, and nothing typed is lost', async ({ as }) => {
    const page = await as('service')
    await page.goto('/customers/new')
    const code = page.getByLabel('客户编码')
    await code.fill('T-C01')
    await page.getByLabel('客户名称').fill('另一家公司')
    await page.getByRole('button', { name: '保存' }).click()
    await expect(page.locator('.ant-form-item', { has: code }).locator('.ant-form-item-explain-error')).toBeVisible()
    await expect(page.getByLabel('客户名称')).toHaveValue('另一家公司')
  })
})

test('a product is made with a checked barcode and found by it in the palette', async ({ as }) => {
  const page = await as('admin')
  await page.goto('/products/new')
  await page.getByLabel('商品编码').fill('T-701')
  await page.getByLabel('商品名称').fill('瓦楞纸箱 5 号')
  await page.getByLabel('单位').fill('个')
  await page.getByLabel('标准价').fill('3.85')
  const barcode = page.getByLabel('条码')
  await barcode.fill('6901234567890')
  await page.getByRole('button', { name: '保存' }).click()
  await expect(page.locator('.ant-form-item', { has: barcode })).toContainText('条码不正确')
  await barcode.fill('6901234567892')
  await page.getByRole('button', { name: '保存' }).click()
  await expect(page.getByRole('heading', { name: '瓦楞纸箱 5 号' })).toBeVisible()
  await expect(page.getByRole('main')).toContainText('3.85 / 个')

  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox', { name: '订单号、客户、商品、拼音、条码…' })).toBeFocused()
  await page.keyboard.type('6901234567892')
  await expect(page.getByRole('option', { name: /瓦楞纸箱 5 号/ })).toBeVisible()
  await page.keyboard.press('Escape')
})

test('a price for one customer is what an order of theirs takes', async ({ as }) => {
  const page = await as('manager')
  await page.goto('/prices')
  await page.getByRole('button', { name: '新增价格' }).click()
  const dialog = page.getByRole('dialog', { name: '新增价格' })
  await dialog.getByLabel('商品').fill('T-700')
  await choice(page, 'T-700').click()
  await dialog.getByRole('combobox', { name: '客户', exact: true }).fill('T-C01')
  await choice(page, 'T-C01').click()
  await dialog.getByLabel('单价').fill('11.5')
  await dialog.getByRole('button', { name: '保存' }).click()
  await expect(page.getByText('已新增 1 条价格')).toBeVisible()

  await page.goto('/orders/new')
  await expect(page.getByRole('combobox', { name: '客户', exact: true })).toBeFocused()
  await page.keyboard.type('T-C01')
  await expect(choice(page, 'T-C01')).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('第 1 行 商品')).toBeFocused()
  await page.keyboard.type('T-700')
  await page.keyboard.press('Enter')
  await page.keyboard.type('10')
  await expect(page.locator('[data-line="0"] .entry-price')).toContainText('客户协议价')
  await expect(page.locator('[data-line="0"] .entry-gross')).toHaveText('115.00')
})

test('without the permission there is no way to change a product', async ({ as }) => {
  const page = await as('sales')
  await page.goto('/products?q=T-700')
  await page.getByRole('link', { name: 'T-700' }).click()
  await expect(page.getByRole('heading', { name: '热敏纸卷' })).toBeVisible()
  await expect(page.getByRole('link', { name: '编辑' })).toHaveCount(0)
})

/** The way in: by name and password, by card, in three languages; and again in place when the session has ended. */
import { CREDIT_CODE } from './arrange'
import { COMPANY, PASSWORD } from './people'
import { expect, test } from './test'

test.describe('refused', () => {
  test.use({ refusals: [401] })

  test('a wrong password says so and keeps the name', async ({ page }) => {
    await page.goto('/')
    await page.getByLabel('用户名').fill('sales')
    await page.getByLabel('密码', { exact: true }).fill('wrong-password')
    await page.getByRole('button', { name: '登录', exact: true }).click()
    await expect(page.getByRole('alert')).toContainText('密码')
    await expect(page.getByLabel('公司编码')).toHaveValue(COMPANY)
    await expect(page.getByLabel('用户名')).toHaveValue('sales')
    await page.getByLabel('密码', { exact: true }).fill(PASSWORD)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: '我的工作' })).toBeVisible()
  })

  test('a session that ends is renewed in place and loses nothing that was typed', async ({ page }) => {
    await page.goto('/')
    await page.getByRole('button', { name: /客服.*service/ }).click()
    await expect(page.getByRole('heading', { name: '我的工作' })).toBeVisible()
    await page.goto('/customers/new')
    await page.getByLabel('客户编码').fill('S-100')
    await page.getByLabel('客户名称').fill('续登贸易有限公司')
    await page.getByLabel('统一社会信用代码').fill(CREDIT_CODE)
    await page.context().clearCookies()
    await page.getByRole('button', { name: '保存' }).click()
    const again = page.getByRole('dialog', { name: '登录已过期' })
    await expect(again.getByLabel('用户名')).toHaveValue('service')
    await expect(again.getByLabel('密码', { exact: true })).toBeFocused()
    await page.keyboard.type(PASSWORD)
    await page.keyboard.press('Enter')
    // What was under way goes on by itself.
    await expect(page.getByRole('heading', { name: '续登贸易有限公司' })).toBeVisible()
    await expect(page).toHaveURL(/\/customers\/[0-9a-z]{13}$/)
  })
})

test('every role of the demo has a card', async ({ page }) => {
  await page.goto('/')
  await expect(page.locator('.demo-card')).toHaveCount(8)
  await page.getByRole('button', { name: /财务.*finance/ }).click()
  await expect(page.getByRole('button', { name: '吴芳' })).toBeVisible()
})

test('the language is chosen before and after signing in, and stays', async ({ page }) => {
  await page.goto('/')
  await page.getByRole('button', { name: '简体中文' }).click()
  await page.getByRole('menuitem', { name: '繁體中文' }).click()
  await expect(page.getByRole('button', { name: '登入', exact: true })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-TW')
  await page.getByRole('button', { name: /auditor/ }).click()
  await expect(page.getByRole('navigation').getByRole('link', { name: '銷售訂單' })).toBeVisible()

  await page.getByRole('button', { name: '語言' }).click()
  await page.getByRole('menuitem', { name: 'English' }).click()
  await page.getByRole('navigation').getByRole('link', { name: 'Sales orders' }).click()
  await expect(page.getByRole('heading', { name: 'Sales orders' })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Sales orders' })).toBeVisible()
  await expect(page.getByRole('main')).not.toContainText(/订单|客户要求/)
})

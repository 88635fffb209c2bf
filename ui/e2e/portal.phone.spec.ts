/** The portal on a phone: a customer signs in, orders two products, follows the order and cancels it; the company's people see it meanwhile. */
import AxeBuilder from '@axe-core/playwright'
import { expect, test } from './test'

test('a customer orders two products, sees the order and cancels it', async ({ browser, url, console, as }) => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
  const page = await context.newPage()
  console.watch(page)
  const clean = async () => {
    const found = await new AxeBuilder({ page }).analyze()
    expect(found.violations.map(violation => `${violation.id}: ${violation.nodes[0]?.html}`)).toEqual([])
    const wide = await page.evaluate(() => document.documentElement.scrollWidth)
    expect(wide).toBeLessThanOrEqual(390)
  }
  await page.goto(`${url}/portal`)
  await page.getByLabel('用户名').fill('mingyin')
  await page.getByLabel('密码').fill('shundan-demo')
  await clean()
  await page.getByRole('button', { name: '登录', exact: true }).tap()

  await expect(page.getByRole('heading', { name: '您常订的' })).toBeVisible()
  await clean()
  for (const place of [0, 1]) {
    await page
      .getByRole('button', { name: /加入购物车$/ })
      .first()
      .tap()
    await expect(page.getByRole('link', { name: new RegExp(`已选 ${place + 1} 种商品`) })).toBeVisible()
  }
  await page.getByRole('link', { name: /已选 2 种商品/ }).tap()
  await expect(page.getByRole('heading', { name: '购物车' })).toBeVisible()
  await clean()
  const day = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10)
  await page.getByLabel('要求到货日期').fill(day)
  await page.getByLabel('要求到货日期').press('Enter')
  await page.getByRole('button', { name: '提交订单' }).tap()

  const heading = page.getByRole('heading', { name: /^SO/ })
  await expect(heading).toBeVisible()
  const number = (await heading.textContent()) ?? ''
  await expect(page.getByText('订单已提交，等待我们确认').first()).toBeVisible()
  await clean()
  const staff = await as('service')
  await staff.goto(`/orders/${number}`)
  await expect(staff.getByText(number).first()).toBeVisible()

  await page.getByRole('link', { name: '就此订单留言' }).tap()
  await page.getByLabel(/^写留言/).fill('能早一天送到吗？')
  await page.getByRole('button', { name: /^发\s?送$/ }).tap()
  await expect(page.getByRole('list', { name: '留言记录' })).toContainText('能早一天送到吗？')
  await clean()
  await staff.goto('/messages')
  await staff.getByRole('link', { name: /能早一天送到吗/ }).click()
  await staff.getByLabel(/^写留言/).fill('可以，给您安排。')
  await staff.getByLabel(/^写留言/).press('Control+Enter')
  await expect(staff.getByRole('list', { name: '留言记录' })).toContainText('可以，给您安排。')
  await page.goto(`${url}/portal/messages`)
  await expect(page.getByRole('list', { name: '留言记录' })).toContainText('可以，给您安排。')
  await page.goto(`${url}/portal/orders`)
  await page.getByRole('link', { name: new RegExp(number) }).tap()

  await page.getByRole('button', { name: '取消订单' }).tap()
  await page.getByRole('dialog').getByRole('button', { name: '确定取消' }).tap()
  await expect(page.getByRole('dialog')).toBeHidden()
  await page.getByRole('link', { name: '返回我的订单' }).tap()
  await expect(page.getByRole('link', { name: new RegExp(number) })).toContainText('已取消')
  await clean()
  await context.close()
})

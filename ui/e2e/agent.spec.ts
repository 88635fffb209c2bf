/** An agent: its terms and statement for the company's people, and a person of it who orders for an end customer at the portal (PTY-06). */
import AxeBuilder from '@axe-core/playwright'
import { expect, test } from './test'

test('a person of an agent orders for an end customer until it is released', async ({ browser, url, console, as }) => {
  const staff = await as('manager')
  await staff.goto('/agents')
  await staff.getByRole('link', { name: 'C1003' }).click()
  await expect(staff.getByRole('heading', { name: /^终端客户/ })).toContainText('2')
  await expect(staff.getByText('佣金对账单').first()).toBeVisible()
  await staff.getByRole('button', { name: '上个月' }).click()
  await expect(staff).toHaveURL(/month=/)

  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
  const page = await context.newPage()
  console.watch(page)
  const clean = async () => {
    const found = await new AxeBuilder({ page }).analyze()
    expect(found.violations.map(violation => `${violation.id}: ${violation.nodes[0]?.html}`)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  }
  await page.goto(`${url}/portal`)
  await page.getByLabel('用户名').fill('jinhe')
  await page.getByLabel('密码').fill('shundan-demo')
  await page.getByRole('button', { name: '登录', exact: true }).tap()
  await page.getByRole('combobox', { name: '为谁订货' }).click()
  await page.getByText(/华庭连锁超市有限公司 · C1006/).click()
  await expect(page.getByText(/^正在为其订货 华庭连锁超市有限公司/)).toBeVisible()
  await clean()
  await page.getByRole('link', { name: '我的订单' }).tap()
  await expect(page.getByRole('link', { name: /SO/ }).first()).toBeVisible()

  await staff
    .locator('div', { hasText: /华庭/ })
    .getByRole('button', { name: /^解\s?除$/ })
    .first()
    .click()
  await staff
    .getByRole('tooltip')
    .getByRole('button', { name: /^解\s?除$/ })
    .click()
  await expect(staff.getByText('已解除')).toBeVisible()
  await page.reload()
  await expect(page.getByRole('heading', { name: '您已不再代理该客户' })).toBeVisible()
  await clean()
  await page.getByRole('button', { name: /改为 .*金禾/ }).tap()
  await expect(page.getByRole('combobox', { name: '为谁订货' })).toBeVisible()
  await context.close()
})

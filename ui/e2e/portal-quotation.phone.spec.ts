/** A quotation at the portal on a phone: read, asked about, answered by the company, accepted; another one declined. */
import AxeBuilder from '@axe-core/playwright'
import { Api } from './api'
import { makeProduct } from './arrange'
import { expect, test } from './test'

async function sent(url: string, code: string): Promise<string> {
  const [admin, sales, manager] = [await Api.as(url, 'admin'), await Api.as(url, 'sales'), await Api.as(url, 'manager')]
  await makeProduct(admin, { code, name: '报价托盘', price: '80.00' })
  const made = await sales.post<{ id: string; number: string }>('/quotations', {
    customer_id: 'C1001',
    lead_days: 7,
    lines: [{ product_id: code, quantity: '5' }],
  })
  await sales.post(`/quotations/${made.id}/submit`, {})
  await manager.post(`/quotations/${made.id}/approve`, { note: '' })
  await sales.post(`/quotations/${made.id}/offer`, {})
  return made.number
}

test('a customer asks, accepts and declines at the portal', async ({ browser, url, console, as }) => {
  const [first, second] = [await sent(url, 'MH-901'), await sent(url, 'MH-902')]
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
  const page = await context.newPage()
  console.watch(page)
  const clean = async () => {
    const found = await new AxeBuilder({ page }).analyze()
    expect(found.violations.map(violation => `${violation.id}: ${violation.nodes[0]?.html}`)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  }
  await page.goto(`${url}/portal`)
  await page.getByLabel('用户名').fill('mingyin')
  await page.getByLabel('密码').fill('shundan-demo')
  await page.getByRole('button', { name: '登录', exact: true }).tap()
  await page.getByRole('link', { name: '报价单' }).tap()
  await expect(page.getByRole('link', { name: new RegExp(first) })).toContainText('¥452.00')
  await clean()

  await page.getByRole('link', { name: new RegExp(first) }).tap()
  await expect(page.getByRole('heading', { name: `报价单 ${first}` })).toBeVisible()
  await clean()
  await page.getByRole('button', { name: '我有疑问' }).tap()
  await page.getByRole('textbox', { name: '请写下您的问题' }).fill('托盘可以回收吗？')
  await page.getByRole('button', { name: '提交问题' }).tap()
  await expect(page.getByRole('region', { name: '问与答' })).toContainText('托盘可以回收吗？')

  const sales = await as('sales')
  await sales.goto(`/quotations/${first}`)
  await sales.getByRole('link', { name: '去回复' }).click()
  await sales.getByRole('textbox', { name: /^写留言/ }).fill('可以，免费回收。')
  await sales.getByRole('textbox', { name: /^写留言/ }).press('Control+Enter')
  await expect(sales.getByRole('list', { name: '留言记录' })).toContainText('可以，免费回收。')

  await page.reload()
  await expect(page.getByRole('region', { name: '问与答' })).toContainText('可以，免费回收。')
  await clean()
  await page.getByText('键入姓名').tap()
  await page.getByRole('textbox', { name: '签字人姓名' }).fill('刘建国')
  await page.getByRole('checkbox').check()
  await page.getByRole('button', { name: '确认接受' }).tap()
  await expect(page.getByRole('region', { name: '接受回执' })).toContainText('刘建国')
  await clean()

  await page.getByRole('link', { name: '返回报价单' }).tap()
  await page.getByRole('link', { name: new RegExp(second) }).tap()
  await page.getByRole('button', { name: '谢绝报价' }).tap()
  await page.getByText('价格', { exact: true }).tap()
  await page.getByRole('textbox', { name: '您的姓名' }).fill('刘建国')
  await page.getByRole('button', { name: '确认谢绝' }).tap()
  await expect(page.getByText('您已谢绝此报价，谢谢告知')).toBeVisible()
  await sales.goto(`/quotations/${first}`)
  await expect(sales.getByText('成交', { exact: true }).first()).toBeVisible()
  await context.close()
})

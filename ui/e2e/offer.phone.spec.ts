/** A quotation by a link: sent by the sales representative, read on the customer's phone, asked about, accepted, and one step from its order. */
import AxeBuilder from '@axe-core/playwright'
import { Api } from './api'
import { makeCustomer, makeProduct } from './arrange'
import { expect, test } from './test'

test.use({ refusals: [404] })

async function approved(url: string, code: string): Promise<string> {
  const [admin, sales, manager] = [await Api.as(url, 'admin'), await Api.as(url, 'sales'), await Api.as(url, 'manager')]
  const customer = await makeCustomer(admin, code)
  await makeProduct(admin, { code: `${code}-P`, name: '报价纸箱', price: '50.00' })
  const made = await sales.post<{ id: string }>('/quotations', {
    customer_id: customer,
    lead_days: 15,
    terms: '含税含运费',
    lines: [{ product_id: `${code}-P`, quantity: '20' }],
  })
  await sales.post(`/quotations/${made.id}/submit`, {})
  await manager.post(`/quotations/${made.id}/approve`, { note: '' })
  return made.id
}

test('a customer asks about a quotation and accepts it by the link', async ({ as, url, page }) => {
  const id = await approved(url, 'BJ-801')
  const sales = await as('sales')
  await sales.goto(`/quotations/${id}`)
  await sales.getByRole('button', { name: '发给客户', exact: true }).tap()
  await sales
    .getByRole('dialog')
    .getByRole('button', { name: /^发\s?送$/ })
    .tap()
  const link = await sales.getByRole('textbox', { name: '复制链接' }).inputValue()
  expect(link).toContain('/offer/')

  await page.goto(`${url}/offer/nonsense`)
  await expect(page.getByRole('alert')).toContainText('链接无效或已过期')
  await page.goto(link)
  await expect(page.getByRole('heading', { name: '报价单' })).toBeVisible()
  await expect(page.getByText('¥1,000.00').first()).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  await page.getByRole('button', { name: '我有疑问' }).tap()
  await page.getByRole('textbox', { name: '请写下您的问题' }).fill('含安装吗？')
  await page.getByRole('button', { name: '提交问题' }).tap()
  await expect(page.getByText('含安装吗？')).toBeVisible()
  await page.getByText('键入姓名').tap()
  await page.getByRole('textbox', { name: '签字人姓名' }).fill('王经理')
  await page.getByRole('checkbox').check()
  await page.getByRole('button', { name: '确认接受' }).tap()
  await expect(page.getByText('已接受报价', { exact: true })).toBeVisible()
  await expect(page.getByRole('region', { name: '接受回执' })).toContainText('王经理')

  await sales.goto(`/quotations/${id}`)
  await expect(sales.getByText('含安装吗？')).toBeVisible()
  await expect(sales.getByText('成交', { exact: true }).first()).toBeVisible()
  await sales.getByRole('button', { name: '转订单' }).tap()
  await expect(sales).toHaveURL(/\/orders\//)
})

test('a customer declines a quotation with the reason', async ({ url, page }) => {
  const id = await approved(url, 'BJ-802')
  const sales = await Api.as(url, 'sales')
  const sent = await sales.post<{ link_path: string }>(`/quotations/${id}/offer`, {})
  await page.goto(url + sent.link_path)
  await page.getByRole('button', { name: '谢绝报价' }).tap()
  await page.getByText('价格', { exact: true }).tap()
  await page.getByRole('textbox', { name: '您的姓名' }).fill('王经理')
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  await page.getByRole('button', { name: '确认谢绝' }).tap()
  await expect(page.getByText('您已谢绝此报价，谢谢告知')).toBeVisible()
})

/** A company of its own is founded in the browser from ready rules; its limit is raised there, and only orders after that follow it. */
import { Api } from './api'
import { makeCustomer, makeOrder, makeProduct } from './arrange'
import { expect, test } from './test'

const CODE = 'huayuan'
const SECRET = 'huayuan-pass-2026'
const PEOPLE = {
  sales: 'sales_rep',
  service: 'customer_service',
  manager: 'sales_manager',
  finance: 'finance',
} as const

interface Order {
  status: string
  rules: { blueprint_no: number }
  checklist: { code: string }[]
}

test.use({ refusals: [422] })

test('a company is founded from the standard rules; 50,000 becomes 80,000, replayed and activated, for orders to come', async ({
  as,
  url,
}) => {
  const page = await as('admin')
  await page.goto('/companies')
  await page.getByRole('link', { name: '开设公司' }).click()
  await page.getByLabel('公司编码').fill('demo')
  await page.getByLabel('公司名称').fill('华源纸业有限公司')
  await expect(page.getByRole('radio', { name: '标准贸易' })).toBeChecked()
  await page.getByLabel('姓名').fill('周总')
  await page.getByLabel('初始密码').fill(SECRET)
  await page.getByRole('button', { name: '开设公司' }).click()
  await expect(page.getByText('“demo”已被使用')).toBeVisible()
  await page.getByLabel('公司编码').fill(CODE)
  await page.getByRole('button', { name: '开设公司' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '去登录' }).click()

  await expect(page.getByLabel('公司编码')).toHaveValue(CODE)
  await page.getByLabel('用户名').fill('admin')
  await page.getByLabel('密码').fill(SECRET)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await expect(page.getByRole('navigation', { name: '主导航' })).toBeVisible()
  await expect(page.getByRole('banner')).toContainText('华源纸业有限公司')

  // The new company's people and its past: one order of 60,000.00 that finance approved too, one of 40,000.00.
  const boss = await Api.in(url, { company: CODE, username: 'admin', password: SECRET })
  for (const [username, role] of Object.entries(PEOPLE)) {
    await boss.post('/users', { username, name: username, roles: [role], language: 'zh-CN', password: SECRET })
  }
  const person = (username: keyof typeof PEOPLE) => Api.in(url, { company: CODE, username, password: SECRET })
  const people = { sales: await person('sales'), service: await person('service') }
  const deciders = { manager: await person('manager'), finance: await person('finance') }
  const customer = await makeCustomer(boss, 'C-1')
  await makeProduct(boss, { code: 'P-1', name: '双胶纸', price: '1000.00' })
  const reviewed = async (quantity: string) => {
    const made = await makeOrder(people.sales, customer, [{ product_id: 'P-1', quantity }], true)
    const order = await people.service.get<Order>(`/orders/${made.id}`)
    await people.service.post(`/orders/${made.id}/review`, { checklist: order.checklist.map(item => item.code) })
    return made.id
  }
  const approve = async (id: string, who: keyof typeof deciders) => {
    await deciders[who].post(`/orders/${id}/approve`)
    return deciders[who].get<Order>(`/orders/${id}`)
  }
  const large = await reviewed('60')
  expect((await approve(large, 'manager')).status).toBe('reviewed')
  expect((await approve(large, 'finance')).status).toBe('effective')
  expect((await approve(await reviewed('40'), 'manager')).status).toBe('effective')
  const waiting = await reviewed('70')

  await page.goto('/rules')
  await page.getByRole('button', { name: '修改规则' }).click()
  await page.getByRole('tab', { name: /限额/ }).click()
  const limit = page.getByRole('spinbutton', { name: 'limit.approval' })
  await limit.fill('80000')
  await limit.press('Enter')
  await expect(page.getByRole('status').filter({ hasText: '已自动保存' })).toBeVisible()
  await page.getByRole('button', { name: '回放历史订单' }).click()
  const replay = page.getByRole('dialog')
  await expect(replay.getByText(/3 笔订单中，2 笔的结果会不同/)).toBeVisible()
  await expect(replay.getByRole('table').locator('del').first()).toHaveText('财务审批')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: '启用' }).click()
  await page.getByRole('dialog').getByLabel('启用原因').fill('董事会决定提高限额')
  await page.getByRole('dialog').getByRole('button', { name: '启用' }).click()
  await expect(page.getByRole('row', { name: /v1/ })).toContainText('生效中')

  const after = await approve(await reviewed('70'), 'manager')
  expect([after.status, after.rules.blueprint_no]).toEqual(['effective', 1])
  const before = await approve(waiting, 'manager')
  expect([before.status, before.rules.blueprint_no]).toEqual(['reviewed', 0])
})

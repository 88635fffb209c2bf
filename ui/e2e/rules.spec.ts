/** The company's rules: a limit is raised in the browser, asked of past orders, and put in force without a restart. */
import { expect, test } from './test'

test('a limit is raised, replayed on past orders and activated; mistakes are told beside the file', async ({
  as,
  api,
}) => {
  const admin = await as('admin')
  await admin.goto('/rules')
  await expect(admin.getByRole('row', { name: /标准贸易（随产品提供）/ })).toContainText('生效中')
  await admin.getByRole('button', { name: '修改规则' }).click()
  await expect(admin.getByRole('heading', { level: 1 })).toHaveText('业务规则 第 1 版')

  await admin.getByRole('tab', { name: /限额/ }).click()
  const limit = admin.getByRole('spinbutton', { name: 'limit.approval' })
  await limit.fill('80000')
  await limit.press('Enter')
  const file = admin.getByRole('textbox', { name: '规则文件' })
  await expect(file).toHaveValue(/approval = 80000/)
  await expect(admin.getByRole('status').filter({ hasText: '已自动保存' })).toBeVisible()
  await admin.getByRole('tab', { name: /审批/ }).click()
  await expect(admin.getByText('应付金额 > 80,000，或 外币订单')).toBeVisible()

  const text = await file.inputValue()
  await file.fill(text.replace('order.payable', 'order.payble'))
  await expect(admin.getByText('没有“order.payble”这个数据项，是否应为“order.payable”？')).toBeVisible()
  await expect(admin.getByRole('button', { name: '启用' })).toBeDisabled()
  await file.fill(text)
  await expect(admin.getByRole('button', { name: '启用' })).toBeEnabled()

  await admin.getByRole('button', { name: '回放历史订单' }).click()
  const replay = admin.getByRole('dialog')
  await expect(replay.getByText(/笔订单中，\d+ 笔的结果会不同/)).toBeVisible()
  await expect(replay.getByText(/\d+ 笔不再需要/)).toBeVisible()
  await expect(replay.getByRole('table').locator('del').first()).toHaveText('财务审批')
  await admin.keyboard.press('Escape')

  await admin.getByRole('button', { name: '启用' }).click()
  await admin.getByRole('dialog').getByLabel('启用原因').fill('董事会决定提高限额')
  await admin.getByRole('dialog').getByRole('button', { name: '启用' }).click()
  await expect(admin.getByRole('row', { name: /v1/ })).toContainText('生效中')
  const company = await (await api('admin')).get<{ blueprint_no: number }>('/company')
  expect(company.blueprint_no).toBe(1)
})

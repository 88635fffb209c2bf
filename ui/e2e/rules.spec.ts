/** The company's rules: a limit is raised in the browser, asked of past orders, and put in force without a restart. */
import AxeBuilder from '@axe-core/playwright'
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
  const mistake = '没有“order.payble”这个数据项，是否应为“order.payable”？'
  await expect(admin.getByRole('list', { name: '错误' }).getByText(mistake)).toBeVisible()
  await expect(admin.getByRole('tabpanel').getByText(mistake)).toBeVisible()
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

test('time limits, notifications, roles and numbers are changed by forms; what the product brings is written out and taken back', async ({
  as,
}) => {
  // Five parts and three looks at everything on them.
  test.slow()
  const admin = await as('admin')
  await admin.goto('/rules')
  await admin.getByRole('button', { name: '修改规则' }).click()
  const file = admin.getByRole('textbox', { name: '规则文件' })
  const before = await file.inputValue()
  const number = /\d+/.exec(await admin.getByRole('heading', { level: 1 }).innerText())?.[0]

  await admin.getByRole('tab', { name: /时限/ }).click()
  await admin.getByRole('button', { name: '写入文件以便修改' }).click()
  await expect(file).toHaveValue(/\[\[clock\]\]\ncode = "order\.review"/)
  const review = admin.getByRole('region', { name: '订单初审', exact: true })
  const limit = review.getByRole('textbox', { name: /时长/ })
  await limit.fill('3h')
  await limit.press('Enter')
  await expect(file).toHaveValue(/limit = "3h"/)
  const when = review.getByRole('textbox', { name: '适用条件' })
  await when.fill('order.payble > 60000')
  await when.press('Enter')
  await expect(review.getByText('没有“order.payble”这个数据项，是否应为“order.payable”？')).toBeVisible()
  await when.fill('order.payable > 60000')
  await when.press('Enter')
  await expect(review.getByText('应付金额 > 60,000')).toBeVisible()
  await expect(admin.getByRole('status').filter({ hasText: '已自动保存' })).toBeVisible()
  const axe = async () => {
    // Nothing is pointed at.
    await admin.mouse.move(0, 0)
    const { violations } = await new AxeBuilder({ page: admin }).analyze()
    expect(violations.map(found => `${found.id}: ${found.nodes[0]?.html}`)).toEqual([])
  }
  await axe()
  await admin.getByRole('button', { name: '改用产品自带的' }).click()
  await expect(file).toHaveValue(before)

  await admin.getByRole('tab', { name: /通知/ }).click()
  await expect(admin.getByRole('tabpanel').getByText(/哪些事告诉哪些人/)).toBeVisible()
  await admin.getByRole('button', { name: '写入文件以便修改' }).click()
  await admin.getByRole('button', { name: '添加通知' }).click()
  await expect(file).toHaveValue(/\[\[notify\]\]\nevents = \["OrderHeld"\]/)
  const told = admin.getByRole('region', { name: '订单挂起' })
  await told.getByRole('checkbox', { name: /紧急/ }).click()
  await expect(file).toHaveValue(/to = \["rep"\]\nurgent = true/)
  await axe()

  await admin.getByRole('tab', { name: /角色/ }).click()
  await admin.getByRole('button', { name: '添加角色' }).click()
  await expect(admin.getByText(/新建角色“role_\d+”，1 项权限/)).toBeVisible()
  await admin.getByRole('tab', { name: /编号/ }).click()
  const invoice = admin.getByRole('textbox', { name: '发票' })
  await invoice.fill('FP')
  await invoice.press('Enter')
  await expect(admin.getByText('编号规则须含且仅含一个流水号').first()).toBeVisible()
  await invoice.fill('FP{yyyy}{0000}')
  await invoice.press('Enter')
  await expect(file).toHaveValue(/invoice = "FP\{yyyy\}\{0000\}"/)
  await axe()
  await admin.getByRole('button', { name: '启用' }).click()
  const dialog = admin.getByRole('dialog')
  await expect(dialog.getByText(/新建角色“role_\d+”，1 项权限/)).toBeVisible()
  await dialog.getByLabel('启用原因').fill('组织调整')
  await dialog.getByRole('button', { name: '启用' }).click()
  await expect(admin.getByRole('row', { name: `v${number}` })).toContainText('生效中')
})

test('whom a signature is asked of is said by a form, and taken back', async ({ as }) => {
  const admin = await as('admin')
  await admin.goto('/rules')
  await admin.getByRole('button', { name: '修改规则' }).click()
  const file = admin.getByRole('textbox', { name: '规则文件' })
  await admin.getByRole('tab', { name: /^确认书/ }).click()
  const ask = admin.getByRole('textbox', { name: '签回后才生效的订单（条件）' })
  await ask.fill("customer.grade != 'A'")
  await ask.blur()
  await expect(file).toHaveValue(/\[confirmation\]\s+ask = "customer.grade != 'A'"/)
  const days = admin.getByRole('textbox', { name: '客户链接有效天数' })
  await days.fill('900')
  await days.blur()
  await expect(admin.getByRole('list', { name: '错误' })).toBeVisible()
  await days.fill('14')
  await days.blur()
  await expect(file).toHaveValue(/valid_days = 14/)
  await expect(admin.getByRole('list', { name: '错误' })).toBeHidden()
  await admin.getByRole('button', { name: '不再要求签字' }).click()
  await expect(file).not.toHaveValue(/\[confirmation\]/)
})

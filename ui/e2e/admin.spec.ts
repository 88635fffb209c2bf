/** Users and roles: a person is made with a role, signs in with it, and what the role lacks is refused with the reason. */
import { choice } from './choice'
import { COMPANY } from './people'
import { expect, test } from './test'

test('a new user has what the role gives and is told why the rest is refused', async ({ as, api, page }) => {
  const admin = await as('admin')
  await admin.goto('/users')
  await admin.getByRole('link', { name: '新建用户' }).click()
  await admin.getByLabel('用户名').fill('newclerk')
  await admin.getByLabel('姓名').fill('钱文')
  await admin.getByRole('combobox', { name: '角色' }).click()
  await choice(admin, '仓库').click()
  await admin.keyboard.press('Escape')
  await admin.getByLabel('初始密码').fill('short')
  await admin.getByRole('button', { name: '保存' }).click()
  await expect(admin.locator('.ant-form-item', { has: admin.getByLabel('初始密码') })).toContainText('至少')
  await admin.getByLabel('初始密码').fill('a-long-password-1')
  await admin.getByRole('button', { name: '保存' }).click()
  await expect(admin.getByRole('row', { name: /newclerk/ })).toContainText('仓库')
  await expect(admin.getByRole('row', { name: /newclerk/ })).toContainText('从未登录')

  await page.goto('/')
  await page.getByLabel('公司编码').fill(COMPANY)
  await page.getByLabel('用户名').fill('newclerk')
  await page.getByLabel('密码', { exact: true }).fill('a-long-password-1')
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await expect(page.getByRole('button', { name: '钱文' })).toBeVisible()
  await expect(page.getByRole('link', { name: '用户与角色' })).toHaveCount(0)

  const found = await (await api('manager')).get<{ items: { id: string }[] }>('/orders?view=to_approve&limit=1')
  await page.goto(`/orders/${found.items[0]?.id}`)
  await page.locator('.action-bar').getByRole('button', { name: '更多' }).click()
  const approve = page.getByRole('menuitem', { name: /^审批通过/ })
  await expect(approve).toHaveAttribute('aria-disabled', 'true')
  await expect(approve).toContainText('权限')
})

test('what is done stands in the audit with who did it', async ({ as }) => {
  const admin = await as('admin')
  await admin.goto('/warehouses')
  await admin
    .getByRole('button', { name: '新建仓库' })
    .or(admin.getByRole('link', { name: '新建仓库' }))
    .click()
  await admin.getByLabel('仓库编码').fill('W9')
  await admin.getByLabel('仓库名称').fill('西部中转仓')
  await admin.getByRole('button', { name: '保存' }).click()
  await expect(admin.getByRole('row', { name: /W9/ })).toBeVisible()
  const auditor = await as('auditor')
  await auditor.goto('/audit')
  const row = auditor.locator('[data-row]').filter({ hasText: 'W9' })
  await expect(row).toHaveCount(1)
  await expect(row).toContainText('顾安')
})

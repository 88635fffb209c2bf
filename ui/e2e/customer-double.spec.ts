/** The same customer entered again: shown while it is typed, kept apart with a reason, found in the list (PTY-03). */
import { makeCustomer } from './arrange'
import { arrange, expect, test } from './test'

arrange(async api => {
  const admin = await api('admin')
  await makeCustomer(admin, 'D-C01', { name: '昆山鼎盛五金制品有限公司' })
})

test('a customer like one that is there is shown with the reason, and saved only with one', async ({ as }) => {
  const page = await as('manager')
  await page.goto('/customers/new')
  await page.getByLabel('客户编码').fill('D-C02')
  await page.getByLabel('客户名称').fill('鼎盛五金制品厂')
  const similar = page.getByRole('region', { name: '可能是同一客户' })
  await expect(similar).toContainText('昆山鼎盛五金制品有限公司')
  await expect(similar).toContainText('名称相近')
  const phone = page.getByLabel('电话', { exact: true }).first()
  await phone.fill('1390000123')
  await phone.blur()
  await expect(page.locator('.ant-form-item', { has: phone })).toContainText('手机号应为 11 位')
  await phone.fill('13900005678')

  await page.getByLabel('姓名').fill('丁经理')
  await page.getByRole('button', { name: '保存' }).click()
  await expect(page).toHaveURL(/\/customers\/new$/)
  await similar.getByRole('checkbox').check()
  await similar.getByLabel('原因').fill('关联的生产厂，单独开票')
  await page.getByRole('button', { name: '保存' }).click()
  await expect(page.getByRole('heading', { name: '鼎盛五金制品厂' })).toBeVisible()

  await page.goto('/customers/duplicates?view=distinct')
  await expect(page.getByRole('main')).toContainText('关联的生产厂，单独开票')
})

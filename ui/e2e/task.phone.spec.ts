/** A worker outside: accepts, ticks, reports and delivers by thumb. */
import { Api } from './api'
import { expect, test } from './test'

let task = ''

test.beforeEach(async ({ url }) => {
  const service = await Api.as(url, 'service')
  const worker = await Api.as(url, 'aftersales')
  const me = await worker.get<{ user: { id: string } }>('/session')
  const made = await service.post<{ id: string }>('/tasks', { kind: 'measure', title: '量窗户', city: '上海市' })
  await service.post(`/tasks/${made.id}/offer`, { user_id: me.user.id })
  task = made.id
})

test('a task is accepted in my work, ticked off, reported and delivered', async ({ as }) => {
  const page = await as('aftersales')
  await page.goto('/my-work')
  const mine = page.getByRole('region', { name: '我的任务' })
  await expect(mine.getByRole('link', { name: '量窗户' })).toBeVisible()
  await page.goto(`/tasks/${task}`)
  const accept = page.getByRole('button', { name: '接受', exact: true })
  await expect(accept).toBeInViewport()
  await accept.tap()
  await page.getByRole('button', { name: '开工', exact: true }).tap()
  for (const step of ['与客户约好上门时间', '现场测量并拍照', '尺寸请客户签字确认']) {
    const box = page.getByRole('checkbox', { name: step })
    await box.tap()
    await expect(box).toBeChecked()
  }
  await page.getByRole('textbox', { name: '说说做到哪里了' }).fill('量好了')
  await page.getByRole('button', { name: '汇报进度', exact: true }).tap()
  await expect(page.getByRole('region', { name: '沟通记录' })).toContainText('量好了')
  const deliver = page.getByRole('button', { name: '交付', exact: true })
  await expect(deliver).toBeInViewport()
  await deliver.tap()
  await page.getByRole('dialog').getByRole('button', { name: '交付', exact: true }).tap()
  await expect(page.getByText('待验收', { exact: true })).toBeVisible()
  for (const path of [
    '/my-work',
    '/tasks',
    '/tasks/list?view=all',
    `/tasks/${task}`,
    '/workers',
    '/task-kinds',
    '/tasks/statistics',
  ]) {
    await page.goto(path)
    await expect(page.locator('.bone, .skeleton')).toHaveCount(0)
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    expect(width, path).toBeLessThanOrEqual(390)
  }
})

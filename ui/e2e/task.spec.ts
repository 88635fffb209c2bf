/** Dispatch: a task from an order, the best person for it, and what the board says at each step. */
import { Api } from './api'
import { expect, test } from './test'

interface Row {
  id: string
  number: string
}

test('a task is made on the order page, sent to the first candidate, done, and judged', async ({ as, url }) => {
  const service = await Api.as(url, 'service')
  const order = (await service.get<{ items: Row[] }>('/orders?view=effective&limit=1')).items[0]
  const page = await as('service')
  await page.goto(`/orders/${order?.id}?tab=tasks`)
  await page.getByRole('button', { name: '新建任务' }).click()
  const form = page.getByRole('dialog')
  await form.getByLabel('类型').click()
  await page.getByTitle('上门量尺', { exact: true }).click()
  // The kind brings its skill and its time.
  await expect(form.getByLabel('计划工时（分钟）')).toHaveValue('120')
  await form.getByLabel('标题').fill('量三面墙')
  await form.getByLabel('城市').fill('上海市')
  await form.getByRole('button', { name: '保存' }).click()
  await page.getByRole('link', { name: '量三面墙' }).click()

  const candidates = page.getByRole('region', { name: '推荐人选' })
  await expect(candidates.getByRole('listitem').first()).toContainText('技能 量尺')
  await candidates.getByRole('button', { name: '派给 冯雪' }).click()
  await expect(page.getByText('已派单，等待对方接受')).toBeVisible()
  await expect(page.getByText('待接受', { exact: true })).toBeVisible()
  const id = page.url().split('/').at(-1) ?? ''

  const worker = await Api.as(url, 'aftersales')
  await worker.post(`/tasks/${id}/accept`)
  await worker.post(`/tasks/${id}/start`)
  await page.goto('/tasks')
  const going = page.getByRole('region', { name: '进行中' })
  await expect(going.getByRole('link', { name: '量三面墙' })).toBeVisible()
  for (const no of [1, 2, 3]) await worker.post(`/tasks/${id}/tick`, { no, done: true })
  await worker.post(`/tasks/${id}/deliver`, { note: '见尺寸图' })
  // Live: the card moves by itself.
  const delivered = page.getByRole('region', { name: '待验收' })
  await expect(delivered.getByRole('link', { name: '量三面墙' })).toBeVisible()
  await delivered.getByRole('link', { name: '量三面墙' }).click()
  await page.getByRole('button', { name: '验收完成' }).click()
  const judging = page.getByRole('dialog')
  await judging.getByRole('button', { name: '评价', exact: true }).click()
  await expect(judging).toBeHidden()
  await expect(page.getByRole('region', { name: '评价' })).toContainText('5 分')
})

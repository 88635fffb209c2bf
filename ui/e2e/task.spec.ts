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
  await page.getByRole('button', { name: '验收完成', exact: true }).click()
  const judging = page.getByRole('dialog')
  await judging.getByRole('button', { name: '评价', exact: true }).click()
  await expect(judging).toBeHidden()
  await expect(page.getByRole('region', { name: '评价' })).toContainText('5 分')
})

test('a card is dragged to a person, comes back from where it may not go, and is moved by the keyboard too', async ({
  as,
  url,
}) => {
  const service = await Api.as(url, 'service')
  const made = await service.post<Row>('/tasks', { kind: 'measure', title: '拖动量尺', city: '上海市' })
  const page = await as('service')
  await page.goto('/tasks')
  const region = (name: string) => page.getByRole('region', { name, exact: true })
  const card = (column: string) => region(column).getByRole('article').filter({ hasText: '拖动量尺' })
  const person = (name: string) => page.locator('.task-person').filter({ hasText: name })
  await card('待派').dragTo(person('冯雪'))
  await expect(card('待接受')).toContainText('冯雪')

  // Nobody but the assignee accepts: the step is refused by the board where there is no way at all.
  await card('待接受').dragTo(region('已完成').getByRole('heading'))
  await expect(page.getByText('任务不能从“待接受”移到“已完成”')).toBeVisible()
  await expect(card('待接受')).toBeVisible()

  // The same by keyboard: back to the pool, with the reason that this step asks for.
  const menu = page.getByRole('button', { name: new RegExp(`^移动 ${made.number}`) })
  await menu.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menu')).toBeVisible()
  const others = page.getByRole('menuitem', { name: /^派给/ })
  const name = (await others.first().innerText()).replace('派给 ', '')
  expect(name).not.toBe('冯雪')
  await page.keyboard.press('End')
  const last = (await others.last().innerText()).replace('派给 ', '')
  await page.keyboard.press('Enter')
  await expect(card('待接受')).toContainText(last)
})

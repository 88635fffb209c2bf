/** Every main page, in light and in dark: opened, quiet in the console, and nothing for axe to find. And the ways between them. */
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import type { Person } from './people'
import { expect, test } from './test'

interface Row {
  id: string
  number?: string
}

/** The first of a list, to open its page. */
type First = (path: string) => Promise<string>

const PAGES: { name: string; person: Person; path: (first: First) => Promise<string> | string }[] = [
  { name: 'my work', person: 'service', path: () => '/my-work' },
  { name: 'dashboard', person: 'manager', path: () => '/dashboard' },
  { name: 'clocks', person: 'service', path: () => '/clocks' },
  { name: 'orders', person: 'manager', path: () => '/orders' },
  { name: 'order', person: 'manager', path: async first => `/orders/${await first('/orders?view=effective')}` },
  {
    name: 'order money',
    person: 'finance',
    path: async first => `/orders/${await first('/orders?view=to_collect')}?tab=money`,
  },
  {
    name: 'order documents',
    person: 'warehouse',
    path: async first => `/orders/${await first('/orders?view=to_deliver')}?tab=documents`,
  },
  {
    name: 'order timeline',
    person: 'auditor',
    path: async first => `/orders/${await first('/orders?status=closed')}?tab=timeline`,
  },
  {
    name: 'order entry',
    person: 'sales',
    path: async first => `/orders/new?customer=${await first('/customers?active=true')}`,
  },
  { name: 'order from text', person: 'sales', path: () => '/orders/from-text' },
  { name: 'document templates', person: 'admin', path: () => '/settings/documents' },
  { name: 'document template', person: 'admin', path: () => '/settings/documents/order_confirmation/zh-CN' },
  { name: 'documents', person: 'sales', path: () => '/documents' },
  { name: 'learned phrases', person: 'admin', path: () => '/orders/learned' },
  {
    name: 'prepayment request',
    person: 'finance',
    path: async first => `/orders/${await first('/orders?view=effective')}/prepayment`,
  },
  { name: 'customers', person: 'sales', path: () => '/customers' },
  { name: 'customer', person: 'sales', path: async first => `/customers/${await first('/customers')}` },
  { name: 'exceptions', person: 'service', path: () => '/exceptions' },
  { name: 'agents', person: 'manager', path: () => '/agents' },
  { name: 'agent', person: 'manager', path: async first => `/agents/${await first('/agents')}` },
  { name: 'messages', person: 'sales', path: () => '/messages' },
  { name: 'customer grades', person: 'manager', path: () => '/customers/grades' },
  { name: 'grades of the rules', person: 'admin', path: () => '/rules/0?part=grade' },
  { name: 'customer duplicates', person: 'sales', path: () => '/customers/duplicates' },
  { name: 'customer form', person: 'sales', path: () => '/customers/new' },
  { name: 'products', person: 'admin', path: () => '/products' },
  { name: 'product', person: 'admin', path: async first => `/products/${await first('/products')}` },
  { name: 'product form', person: 'admin', path: () => '/products/new' },
  { name: 'prices', person: 'manager', path: () => '/prices' },
  { name: 'promotions', person: 'manager', path: () => '/promotions' },
  { name: 'rebates', person: 'manager', path: () => '/rebates' },
  { name: 'a rebate agreement', person: 'manager', path: async first => `/rebates/${await first('/rebates')}` },
  { name: 'exchange rates', person: 'finance', path: () => '/exchange-rates' },
  { name: 'exchange rate form', person: 'finance', path: () => '/exchange-rates?edit=new' },
  { name: 'purchases', person: 'manager', path: () => '/purchases?view=all' },
  { name: 'purchase', person: 'warehouse', path: async first => `/purchases/${await first('/purchases')}` },
  { name: 'purchase form', person: 'manager', path: () => '/purchases/new' },
  { name: 'promise risks', person: 'service', path: () => '/promise/risks' },
  { name: 'shortages', person: 'service', path: () => '/shortages' },
  {
    name: 'order shortage',
    person: 'service',
    path: async first => `/orders/${await first('/orders?supply=short&status=effective')}/shortage`,
  },
  { name: 'promise days', person: 'admin', path: () => '/promise/days' },
  { name: 'quotas', person: 'manager', path: () => '/quotas' },
  { name: 'quota', person: 'sales', path: async first => `/quotas/${await first('/quotas')}` },
  { name: 'suppliers', person: 'manager', path: () => '/suppliers' },
  { name: 'supplier', person: 'manager', path: async first => `/suppliers/${await first('/suppliers')}` },
  { name: 'supplier form', person: 'manager', path: () => '/suppliers/new' },
  { name: 'stock', person: 'warehouse', path: () => '/stock' },
  {
    name: 'promise dates',
    person: 'warehouse',
    path: async first => `/promise?product=${await first('/products?active=true')}`,
  },
  { name: 'promises again', person: 'manager', path: () => '/promise/proposals' },
  { name: 'movements', person: 'warehouse', path: () => '/stock/movements' },
  { name: 'replenishment', person: 'warehouse', path: () => '/stock/replenishment?lead_days=60' },
  { name: 'forecast', person: 'warehouse', path: async first => `/products/${await first('/products')}/forecast` },
  { name: 'past stock', person: 'warehouse', path: () => '/stock/past?on=2026-01-31' },
  { name: 'receive', person: 'warehouse', path: () => '/stock/receive' },
  { name: 'places', person: 'warehouse', path: async first => `/stock/places?warehouse=${await first('/warehouses')}` },
  { name: 'lots', person: 'warehouse', path: () => '/stock/lots' },
  {
    name: 'reservations',
    person: 'service',
    path: async first => `/stock/reservations?product=${await first('/products')}`,
  },
  {
    name: 'order-goods',
    person: 'service',
    path: async first => `/orders/${await first('/orders?view=effective')}/goods`,
  },
  { name: 'lot', person: 'warehouse', path: async first => `/stock/lots/${await first('/lots')}` },
  { name: 'transfers', person: 'warehouse', path: () => '/stock/transfers?view=all' },
  { name: 'transfer', person: 'warehouse', path: async first => `/stock/transfers/${await first('/transfers')}` },
  { name: 'transfer form', person: 'warehouse', path: () => '/stock/transfers/new' },
  { name: 'counts', person: 'warehouse', path: () => '/stock/counts?view=all' },
  { name: 'count', person: 'warehouse', path: async first => `/stock/counts/${await first('/stock-counts')}` },
  { name: 'stock value', person: 'finance', path: () => '/stock/valuation' },
  { name: 'tag reads', person: 'warehouse', path: () => '/stock/reads' },
  { name: 'shipments', person: 'warehouse', path: () => '/shipments' },
  { name: 'shipment', person: 'warehouse', path: async first => `/shipments/${await first('/shipments')}` },
  { name: 'invoices', person: 'finance', path: () => '/invoices' },
  { name: 'invoice', person: 'finance', path: async first => `/invoices/${await first('/invoices')}` },
  { name: 'payments', person: 'finance', path: () => '/payments' },
  { name: 'payment', person: 'finance', path: async first => `/payments/${await first('/payments')}` },
  { name: 'follow-ups', person: 'aftersales', path: () => '/follow-ups' },
  {
    name: 'order tasks',
    person: 'service',
    path: async first => `/orders/${await first('/orders?view=effective')}?tab=tasks`,
  },
  { name: 'inquiries', person: 'sales', path: () => '/inquiries' },
  { name: 'inquiry', person: 'sales', path: async first => `/inquiries/${await first('/inquiries')}` },
  { name: 'inquiry form', person: 'sales', path: () => '/inquiries/new' },
  { name: 'quotations', person: 'manager', path: () => '/quotations' },
  {
    name: 'quotation form',
    person: 'sales',
    path: async first => `/quotations/new?customer=${await first('/customers?active=true')}`,
  },
  { name: 'contracts', person: 'manager', path: () => '/contracts?view=all' },
  { name: 'contract form', person: 'sales', path: () => '/contracts/new' },
  { name: 'changes', person: 'manager', path: () => '/changes' },
  {
    name: 'change form',
    person: 'sales',
    path: async first => `/orders/${await first('/orders?view=effective')}/change`,
  },
  {
    name: 'order changes',
    person: 'manager',
    path: async first => `/orders/${await first('/orders?view=effective')}?tab=changes`,
  },
  { name: 'task board', person: 'service', path: () => '/tasks' },
  { name: 'task list', person: 'manager', path: () => '/tasks/list?view=all' },
  { name: 'open task', person: 'service', path: async first => `/tasks/${await first('/tasks?status=open')}` },
  {
    name: 'task under way',
    person: 'service',
    path: async first => `/tasks/${await first('/tasks?status=in_progress')}`,
  },
  { name: 'done task', person: 'auditor', path: async first => `/tasks/${await first('/tasks?status=done')}` },
  { name: 'task statistics', person: 'manager', path: () => '/tasks/statistics' },
  { name: 'workers', person: 'manager', path: () => '/workers' },
  { name: 'task kinds', person: 'admin', path: () => '/task-kinds' },
  { name: 'import', person: 'admin', path: () => '/import' },
  { name: 'users', person: 'admin', path: () => '/users' },
  { name: 'audit', person: 'auditor', path: () => '/audit' },
  { name: 'rules', person: 'admin', path: () => '/rules' },
  { name: 'a version of the rules', person: 'admin', path: () => '/rules/0?part=gates' },
  { name: 'time limits of the rules', person: 'admin', path: () => '/rules/0?part=clocks' },
  { name: 'overrides', person: 'manager', path: () => '/overrides' },
  { name: 'skipped steps', person: 'manager', path: () => '/skipped-steps' },
  { name: 'warehouses', person: 'admin', path: () => '/warehouses' },
  { name: 'settings', person: 'admin', path: () => '/settings' },
  { name: 'calendars', person: 'admin', path: () => '/calendars' },
  { name: 'companies', person: 'admin', path: () => '/companies' },
  { name: 'company form', person: 'admin', path: () => '/companies/new' },
  { name: 'absences', person: 'admin', path: () => '/absences' },
  { name: 'notifications', person: 'service', path: () => '/notifications' },
  { name: 'deliveries', person: 'admin', path: () => '/deliveries' },
  { name: 'mail settings', person: 'admin', path: () => '/notify/mail' },
  { name: 'webhooks', person: 'admin', path: () => '/notify/webhooks' },
  { name: 'robots', person: 'admin', path: () => '/notify/robots' },
  { name: 'notification templates', person: 'admin', path: () => '/notify/templates' },
  { name: 'me', person: 'sales', path: () => '/me' },
]

/** What is on its way has come. */
async function settled(page: Page): Promise<void> {
  await expect(page.locator('#content h1').first()).toBeVisible()
  await expect(page.locator('.bone')).toHaveCount(0)
  // Colours on their way from one to the other are nobody's.
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every(one => one.playState !== 'running' || one.effect?.getComputedTiming().endTime === Infinity),
  )
}

async function violations(page: Page, rules?: string[]): Promise<string[]> {
  const axe = new AxeBuilder({ page })
  const { violations } = await (rules ? axe.withRules(rules) : axe).analyze()
  return violations.flatMap(found =>
    found.nodes.map(node => `${found.id}: ${node.target.join(' ')}\n  ${node.failureSummary}`),
  )
}

const SEEN_BY = [...new Set(PAGES.map(page => page.person))]

test.describe('axe finds nothing, in light and in dark', () => {
  // A person opens one page after the other in one browser, as people do; what one page has wrong does not hide the next.
  test.describe.configure({ mode: 'parallel', timeout: 600_000 })

  for (const person of SEEN_BY) {
    test(`on the pages of ${person}`, async ({ as, api }) => {
      const reader = await api(person)
      const first: First = async list => {
        const found = await reader.get<{ items: Row[] }>(`${list}${list.includes('?') ? '&' : '?'}limit=1`)
        const row = found.items[0]
        if (!row) throw new Error(`the demo has nothing in ${list}`)
        return row.id
      }
      const page = await as(person)
      for (const { name, path } of PAGES.filter(page => page.person === person)) {
        await test.step(name, async () => {
          await page.emulateMedia({ colorScheme: 'light' })
          await page.goto(await path(first))
          await settled(page)
          expect.soft(await violations(page), name).toEqual([])

          // The dark page is the same one in other colours, at once.
          await page.addStyleTag({ content: '*, *::before, *::after { transition: none !important }' })
          await page.emulateMedia({ colorScheme: 'dark' })
          await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
          expect.soft(await violations(page, ['color-contrast']), `${name}, dark`).toEqual([])
        })
      }
    })
  }
})

test('axe finds nothing on the way in', async ({ page }) => {
  await page.goto('/')
  await expect(page.getByRole('button', { name: '销售代表 李娜' })).toBeVisible()
  expect(await violations(page)).toEqual([])
})

test('axe finds nothing on a dialog whose step cannot be taken back, in the dark', async ({ as, api }) => {
  const found = await (await api('service')).get<{ items: Row[] }>('/orders?view=to_review&limit=1')
  const page = await as('service')
  await page.addInitScript(() => localStorage.setItem('shundan.theme', 'dark'))
  await page.goto(`/orders/${found.items[0]?.id}`)
  await settled(page)
  await page.locator('.action-bar').getByRole('button', { name: '作废' }).click()
  await expect(page.getByRole('dialog').getByRole('button', { name: '作废', exact: true })).toBeVisible()
  expect(await violations(page)).toEqual([])
})

test('the appearance is chosen in the bar and stays', async ({ as }) => {
  const page = await as('sales')
  await page.goto('/orders')
  const light = await page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  await page.getByRole('button', { name: '外观' }).click()
  await page.getByRole('menuitem', { name: '深色' }).click()
  await expect.poll(() => page.evaluate(() => getComputedStyle(document.body).backgroundColor)).not.toBe(light)
  await page.reload()
  await expect(page.getByRole('heading', { name: '销售订单' })).toBeVisible()
  expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).not.toBe(light)
})

test('the palette finds an order by number, a customer by pinyin, a page by its initials', async ({ as, api }) => {
  const reader = await api('manager')
  const orders = await reader.get<{ items: Row[] }>('/orders?view=effective&limit=1')
  const number = orders.items[0]?.number ?? ''
  const page = await as('manager')
  await page.goto('/my-work')
  await expect(page.getByRole('heading', { name: '我的工作' })).toBeVisible()

  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox', { name: '订单号、客户、商品、拼音、条码…' })).toBeFocused()
  await page.keyboard.type(number)
  await expect(page.getByRole('option', { name: new RegExp(number) })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: number })).toBeVisible()

  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox', { name: '订单号、客户、商品、拼音、条码…' })).toBeFocused()
  await page.keyboard.type('kc')
  await expect(page.getByRole('option', { name: '库存' })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/stock$/)

  await page.keyboard.press('?')
  await expect(page.getByRole('dialog')).toContainText('快捷键')
})

test('what a role may not see is neither in the navigation nor behind the address', async ({ as }) => {
  const page = await as('warehouse')
  await page.goto('/my-work')
  await expect(page.getByRole('link', { name: '库存' })).toBeVisible()
  await expect(page.getByRole('link', { name: '用户与角色' })).toHaveCount(0)
  await expect(page.getByRole('link', { name: '导入' })).toHaveCount(0)
})

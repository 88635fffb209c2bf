/** The pictures of the documentation: the main pages with the demo's data, wide and as on a phone. Written by `cargo xtask screenshots`. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Page } from '@playwright/test'
import type { Person } from './people'
import { shrink } from './png'
import { expect, test } from './test'

const FOLDER = resolve(import.meta.dirname, '../../docs/screenshots')

const WIDE = { viewport: { width: 1440, height: 900 }, hasTouch: false, isMobile: false, deviceScaleFactor: 1 }
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 1 }

type First = (path: string) => Promise<string>

const PICTURES: { name: string; person: Person; path: (first: First) => Promise<string> | string }[] = [
  { name: 'my-work', person: 'manager', path: () => '/my-work' },
  { name: 'dashboard', person: 'manager', path: () => '/dashboard' },
  { name: 'orders', person: 'manager', path: () => '/orders' },
  { name: 'order', person: 'service', path: async first => `/orders/${await first('/orders?view=to_collect')}` },
  { name: 'order-short', person: 'service', path: async first => `/orders/${await first('/orders?view=short')}` },
  {
    name: 'order-entry',
    person: 'sales',
    path: async first => `/orders/new?customer=${await first('/customers?active=true')}`,
  },
  { name: 'customers', person: 'sales', path: () => '/customers' },
  { name: 'customer', person: 'sales', path: async first => `/customers/${await first('/customers')}` },
  { name: 'products', person: 'admin', path: () => '/products' },
  { name: 'stock', person: 'warehouse', path: () => '/stock' },
  { name: 'shipment', person: 'warehouse', path: async first => `/shipments/${await first('/shipments')}` },
  { name: 'invoices', person: 'finance', path: () => '/invoices' },
  { name: 'import', person: 'admin', path: () => '/import' },
  { name: 'users', person: 'admin', path: () => '/users' },
  { name: 'audit', person: 'auditor', path: () => '/audit' },
  { name: 'rules', person: 'admin', path: () => '/rules/0' },
  { name: 'rules-gates', person: 'admin', path: () => '/rules/0?part=gates' },
  { name: 'overrides', person: 'manager', path: () => '/overrides' },
  { name: 'skipped-steps', person: 'manager', path: () => '/skipped-steps' },
  { name: 'my-work-service', person: 'service', path: () => '/my-work' },
  { name: 'company-form', person: 'admin', path: () => '/companies/new' },
  { name: 'tasks', person: 'service', path: () => '/tasks' },
  { name: 'clocks', person: 'service', path: () => '/clocks' },
  { name: 'notifications', person: 'sales', path: () => '/notifications' },
]

async function shoot(page: Page, name: string): Promise<void> {
  await expect(page.locator('#content h1').first()).toBeVisible()
  await expect(page.locator('.bone')).toHaveCount(0)
  await page.evaluate(() => document.fonts.ready)
  mkdirSync(FOLDER, { recursive: true })
  writeFileSync(resolve(FOLDER, `${name}.png`), shrink(await page.screenshot({ animations: 'disabled' })))
}

for (const { name, person, path } of PICTURES) {
  for (const [width, size] of [
    ['1440', WIDE],
    ['390', PHONE],
  ] as const) {
    test(`a picture of ${name} at ${width}`, async ({ as, api }) => {
      const reader = await api(person)
      const first: First = async list => {
        const found = await reader.get<{ items: { id: string }[] }>(`${list}${list.includes('?') ? '&' : '?'}limit=1`)
        const row = found.items[0]
        if (!row) throw new Error(`the demo has nothing in ${list}`)
        return row.id
      }
      const address = await path(first)
      const page = await as(person, size)
      await page.goto(address)
      await shoot(page, `${name}-${width}`)
    })
  }
}

/** Every page: its path, and where its code is. Add a page here and, if people should find it, to `nav.tsx`. */
import type { ComponentType } from 'react'

export interface Page {
  path: string
  load: () => Promise<{ default: ComponentType }>
}

export const pages: Page[] = [
  { path: '/my-work', load: () => import('./routes/my-work') },
  { path: '/dashboard', load: () => import('./routes/dashboard') },
  { path: '/orders', load: () => import('./routes/orders') },
  { path: '/orders/new', load: () => import('./routes/order-entry') },
  { path: '/orders/:id', load: () => import('./routes/order') },
  { path: '/orders/:id/edit', load: () => import('./routes/order-entry') },
  { path: '/customers', load: () => import('./routes/customers') },
  { path: '/customers/new', load: () => import('./routes/customer-form') },
  { path: '/customers/:id', load: () => import('./routes/customer') },
  { path: '/customers/:id/edit', load: () => import('./routes/customer-form') },
  { path: '/products', load: () => import('./routes/products') },
  { path: '/products/new', load: () => import('./routes/product-form') },
  { path: '/products/:id', load: () => import('./routes/product') },
  { path: '/products/:id/edit', load: () => import('./routes/product-form') },
  { path: '/prices', load: () => import('./routes/prices') },
  { path: '/stock', load: () => import('./routes/stock') },
  { path: '/stock/movements', load: () => import('./routes/movements') },
  { path: '/stock/receive', load: () => import('./routes/receive') },
  { path: '/warehouses', load: () => import('./routes/warehouses') },
  { path: '/shipments', load: () => import('./routes/shipments') },
  { path: '/shipments/:id', load: () => import('./routes/shipment') },
  { path: '/shipments/:id/print', load: () => import('./routes/delivery-note') },
  { path: '/invoices', load: () => import('./routes/invoices') },
  { path: '/invoices/:id', load: () => import('./routes/invoice') },
  { path: '/payments', load: () => import('./routes/payments') },
  { path: '/payments/:id', load: () => import('./routes/payment') },
  { path: '/follow-ups', load: () => import('./routes/follow-ups') },
  { path: '/users', load: () => import('./routes/users') },
  { path: '/users/new', load: () => import('./routes/user-form') },
  { path: '/users/:id', load: () => import('./routes/user-form') },
  { path: '/roles', load: () => import('./routes/roles') },
  { path: '/tokens', load: () => import('./routes/tokens') },
  { path: '/sessions', load: () => import('./routes/sessions') },
  { path: '/settings', load: () => import('./routes/settings') },
  { path: '/audit', load: () => import('./routes/audit') },
  { path: '/import', load: () => import('./routes/import') },
  { path: '/import/:id', load: () => import('./routes/one-import') },
  { path: '/me', load: () => import('./routes/me') },
]

/** Starts loading a page's code before it is opened, on hover or focus of its link. */
export function preload(path: string): void {
  const exact = pages.find(page => page.path === path)
  const page = exact ?? pages.find(each => new RegExp(`^${each.path.replace(/:\w+/g, '[^/]+')}$`).test(path))
  page?.load().catch(() => undefined)
}

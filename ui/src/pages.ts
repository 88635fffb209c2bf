/** Every page: its path, and where its code is. Add a page here and, if people should find it, to `nav.tsx`. */
import type { ComponentType } from 'react'

export interface Page {
  path: string
  load: () => Promise<{ default: ComponentType }>
}

export const pages: Page[] = [
  { path: '/orders', load: () => import('./routes/orders') },
  { path: '/orders/:id', load: () => import('./routes/order') },
  { path: '/customers', load: () => import('./routes/customers') },
  { path: '/customers/new', load: () => import('./routes/customer-form') },
  { path: '/customers/:id', load: () => import('./routes/customer') },
  { path: '/customers/:id/edit', load: () => import('./routes/customer-form') },
  { path: '/me', load: () => import('./routes/me') },
]

/** Starts loading a page's code before it is opened, on hover or focus of its link. */
export function preload(path: string): void {
  void pages.find(page => page.path === path)?.load()
}

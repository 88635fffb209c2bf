/** Every page: its path, and where its code is. Add a page here and, if people should find it, to `nav.tsx`. */
import type { ComponentType } from 'react'

export interface Page {
  path: string
  load: () => Promise<{ default: ComponentType }>
}

export const pages: Page[] = [
  { path: '/orders', load: () => import('./routes/orders') },
  { path: '/orders/:id', load: () => import('./routes/order') },
  { path: '/me', load: () => import('./routes/me') },
]

/** Starts loading a page's code before it is opened, on hover or focus of its link. */
export function preload(path: string): void {
  void pages.find(page => page.path === path)?.load()
}

/** Every page: its path, and where its code is. Add a page here and, if people should find it, to `nav.tsx`. */
import type { ComponentType } from 'react'
import { loadTexts } from './lib/i18n'
import type { GoodsPage } from './routes/goods'
import type { MasterPage } from './routes/master'
import type { OfficePage } from './routes/office'
import type { TradePage } from './routes/trade'

export interface Page {
  path: string
  load: () => Promise<{ default: ComponentType }>
  /** Namespaces of texts it needs beside those needed everywhere; a test knows which. */
  texts?: string[]
}

/** Pages of goods are found by a table of their own: they are many, and the frame of every page need not know their files. */
const goods = (name: GoodsPage) => () => import('./routes/goods').then(({ GOODS }) => GOODS[name]())
/** So are those by which a company is set up. */
const office = (name: OfficePage) => () => import('./routes/office').then(({ OFFICE }) => OFFICE[name]())

/** Those of the files of customers and products, with what they cost. */
const master = (name: MasterPage) => () => import('./routes/master').then(({ MASTER }) => MASTER[name]())
/** And those of papers and money. */
const trade = (name: TradePage) => () => import('./routes/trade').then(({ TRADE }) => TRADE[name]())

export const pages: Page[] = [
  {
    path: '/my-work',
    load: () => import('./routes/my-work'),
    texts: ['change', 'confirmation', 'grade', 'inquiry', 'order-step', 'quotation', 'task'],
  },
  { path: '/dashboard', load: () => import('./routes/dashboard'), texts: ['dashboard'] },
  { path: '/clocks', load: () => import('./routes/clocks'), texts: ['clock'] },
  { path: '/orders', load: () => import('./routes/orders'), texts: ['order-step'] },
  { path: '/orders/new', load: () => import('./routes/order-entry') },
  { path: '/orders/from-text', load: trade('order-from-text'), texts: ['intake'] },
  { path: '/orders/learned', load: trade('intake-phrases'), texts: ['intake'] },
  {
    path: '/orders/:id',
    load: () => import('./routes/order'),
    texts: [
      'agent',
      'change',
      'clock',
      'confirmation',
      'document',
      'evidence',
      'exception',
      'invoice',
      'order-step',
      'payment',
      'task',
    ],
  },
  { path: '/orders/:id/edit', load: () => import('./routes/order-entry') },
  { path: '/orders/:id/change', load: trade('new-change'), texts: ['change'] },
  { path: '/exceptions', load: trade('exceptions'), texts: ['exception'] },
  { path: '/changes', load: trade('changes'), texts: ['change'] },
  { path: '/changes/:id', load: trade('change'), texts: ['change', 'evidence'] },
  { path: '/changes/:id/edit', load: trade('edit-change'), texts: ['change'] },
  { path: '/inquiries', load: trade('inquiries'), texts: ['inquiry'] },
  { path: '/inquiries/new', load: trade('new-inquiry'), texts: ['inquiry'] },
  { path: '/inquiries/:id', load: trade('inquiry'), texts: ['inquiry'] },
  { path: '/inquiries/:id/edit', load: trade('edit-inquiry'), texts: ['inquiry'] },
  { path: '/quotations', load: trade('quotations'), texts: ['quotation'] },
  { path: '/quotations/new', load: trade('new-quotation'), texts: ['quotation'] },
  { path: '/quotations/:id', load: trade('quotation'), texts: ['document', 'quotation'] },
  { path: '/quotations/:id/edit', load: trade('edit-quotation'), texts: ['quotation'] },
  { path: '/contracts', load: master('contracts'), texts: ['contract'] },
  { path: '/contracts/new', load: master('contract-form'), texts: ['contract'] },
  { path: '/contracts/:id', load: master('contract'), texts: ['contract'] },
  { path: '/contracts/:id/edit', load: master('contract-form'), texts: ['contract'] },
  { path: '/customers', load: () => import('./routes/customers'), texts: ['customer'] },
  { path: '/customers/new', load: () => import('./routes/customer-form'), texts: ['customer'] },
  { path: '/customers/grades', load: () => import('./routes/customer-grades'), texts: ['customer', 'grade'] },
  { path: '/customers/duplicates', load: master('customer-duplicates'), texts: ['customer'] },
  {
    path: '/customers/:id',
    load: master('customer'),
    texts: ['agent', 'customer', 'document', 'grade', 'person', 'price', 'quotation'],
  },
  { path: '/customers/:id/edit', load: () => import('./routes/customer-form'), texts: ['customer'] },
  { path: '/agents', load: master('agents'), texts: ['agent'] },
  { path: '/agents/:id', load: master('agent'), texts: ['agent'] },
  { path: '/messages', load: trade('messages'), texts: ['message'] },
  { path: '/messages/:id', load: trade('messages'), texts: ['message'] },
  { path: '/products', load: () => import('./routes/products'), texts: ['product'] },
  { path: '/products/new', load: master('product-form'), texts: ['product'] },
  { path: '/products/:id', load: master('product'), texts: ['price', 'product', 'stock'] },
  { path: '/products/:id/forecast', load: master('forecast'), texts: ['forecast', 'stock'] },
  { path: '/products/:id/edit', load: master('product-form'), texts: ['product'] },
  { path: '/prices', load: master('prices'), texts: ['price', 'product'] },
  { path: '/promotions', load: master('promotions'), texts: ['promotion'] },
  { path: '/promotions/:id', load: master('promotion'), texts: ['promotion'] },
  { path: '/rebates', load: master('rebates'), texts: ['rebate'] },
  { path: '/rebates/:id', load: master('rebate'), texts: ['rebate'] },
  { path: '/exchange-rates', load: master('exchange-rates'), texts: ['exchange-rate'] },
  { path: '/promise', load: goods('promise'), texts: ['promise'] },
  { path: '/promise/risks', load: goods('promise-risks'), texts: ['promise'] },
  { path: '/promise/days', load: goods('promise-days'), texts: ['promise'] },
  { path: '/promise/proposals', load: goods('promise-proposals'), texts: ['promise'] },
  { path: '/stock', load: () => import('./routes/stock'), texts: ['stock', 'place'] },
  { path: '/stock/replenishment', load: goods('forecast'), texts: ['forecast', 'stock'] },
  { path: '/stock/past', load: goods('past-stock'), texts: ['stock'] },
  { path: '/stock/movements', load: goods('movements'), texts: ['stock'] },
  { path: '/stock/places', load: goods('stock-places'), texts: ['stock', 'place'] },
  { path: '/stock/reservations', load: goods('reservations'), texts: ['stock', 'reservation'] },
  { path: '/shortages', load: goods('shortages'), texts: ['shortage', 'promise'] },
  { path: '/orders/:id/shortage', load: goods('order-shortage'), texts: ['shortage', 'evidence'] },
  { path: '/orders/:id/goods', load: goods('order-goods'), texts: ['reservation', 'promise'] },
  { path: '/stock/lots', load: goods('lots'), texts: ['stock', 'place'] },
  { path: '/stock/lots/:id', load: goods('lot'), texts: ['stock', 'place'] },
  { path: '/stock/transfers', load: goods('transfers'), texts: ['stock', 'place'] },
  { path: '/stock/transfers/new', load: goods('new-transfer'), texts: ['stock', 'place'] },
  { path: '/stock/transfers/:id/edit', load: goods('new-transfer'), texts: ['stock', 'place'] },
  { path: '/stock/transfers/:id', load: goods('transfer'), texts: ['stock', 'place'] },
  { path: '/stock/counts', load: goods('counts'), texts: ['stock', 'place'] },
  { path: '/stock/counts/:id', load: goods('count'), texts: ['stock', 'place'] },
  { path: '/stock/valuation', load: goods('valuation'), texts: ['stock', 'place'] },
  { path: '/stock/reads', load: goods('tag-reads'), texts: ['stock', 'place'] },
  { path: '/stock/receive', load: goods('receive'), texts: ['stock'] },
  { path: '/warehouses', load: office('warehouses'), texts: ['warehouse'] },
  { path: '/purchases', load: goods('purchases'), texts: ['purchase'] },
  { path: '/purchases/new', load: goods('purchase-form'), texts: ['purchase'] },
  { path: '/purchases/:id', load: goods('purchase'), texts: ['purchase'] },
  { path: '/purchases/:id/edit', load: goods('purchase-form'), texts: ['purchase'] },
  { path: '/quotas', load: goods('quotas'), texts: ['quota', 'promise'] },
  { path: '/quotas/:id', load: goods('quota'), texts: ['quota'] },
  { path: '/suppliers', load: goods('suppliers'), texts: ['supplier'] },
  { path: '/suppliers/new', load: goods('supplier-form'), texts: ['supplier'] },
  { path: '/suppliers/:id', load: goods('supplier'), texts: ['supplier'] },
  { path: '/suppliers/:id/edit', load: goods('supplier-form'), texts: ['supplier'] },
  { path: '/shipments', load: () => import('./routes/shipments'), texts: ['shipment'] },
  { path: '/orders/:id/prepayment', load: trade('prepayment'), texts: ['prepayment'] },
  { path: '/shipments/:id', load: () => import('./routes/shipment'), texts: ['document', 'order-step', 'shipment'] },
  { path: '/shipments/:id/print', load: trade('delivery-note'), texts: ['shipment'] },
  { path: '/invoices', load: trade('invoices'), texts: ['invoice'] },
  { path: '/invoices/:id', load: trade('invoice'), texts: ['document', 'invoice'] },
  { path: '/payments', load: trade('payments'), texts: ['payment'] },
  { path: '/payments/:id', load: trade('payment'), texts: ['payment'] },
  { path: '/follow-ups', load: trade('follow-ups'), texts: ['follow-up', 'order-step'] },
  { path: '/tasks', load: () => import('./routes/tasks'), texts: ['task'] },
  { path: '/tasks/list', load: trade('task-list'), texts: ['task'] },
  { path: '/tasks/statistics', load: office('task-statistics'), texts: ['task'] },
  { path: '/tasks/:id', load: () => import('./routes/task'), texts: ['task'] },
  { path: '/workers', load: office('workers'), texts: ['task'] },
  { path: '/task-kinds', load: office('task-kinds'), texts: ['task'] },
  { path: '/users', load: office('users'), texts: ['user'] },
  { path: '/users/new', load: () => import('./routes/user-form'), texts: ['customer', 'user'] },
  { path: '/users/:id', load: () => import('./routes/user-form'), texts: ['customer', 'user'] },
  { path: '/roles', load: office('roles'), texts: ['role', 'user'] },
  { path: '/tokens', load: office('tokens'), texts: ['api-token', 'user'] },
  { path: '/sessions', load: office('sessions'), texts: ['session', 'user'] },
  { path: '/rules', load: office('rules'), texts: ['rules'] },
  { path: '/rules/:number', load: office('rules-version'), texts: ['rules'] },
  { path: '/skipped-steps', load: trade('skipped-steps'), texts: ['override'] },
  { path: '/overrides', load: trade('overrides'), texts: ['override'] },
  { path: '/absences', load: trade('absences'), texts: ['absence', 'user'] },
  { path: '/settings', load: office('settings'), texts: ['calendar', 'company'] },
  {
    path: '/settings/documents',
    load: office('document-templates'),
    texts: ['document'],
  },
  {
    path: '/settings/documents/:kind/:language',
    load: office('document-template'),
    texts: ['document'],
  },
  { path: '/documents', load: trade('documents'), texts: ['document'] },
  { path: '/companies', load: office('companies'), texts: ['calendar', 'company'] },
  { path: '/companies/new', load: office('company-form'), texts: ['company', 'user'] },
  { path: '/calendars', load: office('calendars'), texts: ['calendar'] },
  { path: '/audit', load: office('audit'), texts: ['audit'] },
  { path: '/import', load: office('import'), texts: ['import'] },
  { path: '/import/:id', load: office('one-import'), texts: ['import', 'product'] },
  { path: '/notifications', load: () => import('./routes/notifications'), texts: ['notification'] },
  { path: '/deliveries', load: office('deliveries'), texts: ['notification'] },
  { path: '/notify/mail', load: office('mail-settings'), texts: ['notification'] },
  { path: '/notify/webhooks', load: office('webhooks'), texts: ['notification'] },
  { path: '/notify/robots', load: office('robots'), texts: ['notification'] },
  { path: '/notify/templates', load: office('notification-templates'), texts: ['notification'] },
  { path: '/me', load: office('me'), texts: ['absence', 'me', 'notification', 'session', 'user'] },
]

/** A page's code together with its texts. */
export async function loadPage(page: Page): Promise<{ default: ComponentType }> {
  const [module] = await Promise.all([page.load(), loadTexts(page.texts ?? [])])
  return module
}

/** Starts loading a page's code before it is opened, on hover or focus of its link. */
export function preload(path: string): void {
  const exact = pages.find(page => page.path === path)
  const page = exact ?? pages.find(each => new RegExp(`^${each.path.replace(/:\w+/g, '[^/]+')}$`).test(path))
  if (page) void page.load().catch(() => undefined)
}

/** Where the code of each page of goods is: stock, transfers, counts, lots, suppliers, promises. */
export const GOODS = {
  purchases: () => import('./purchases'),
  'purchase-form': () => import('./purchase-form'),
  purchase: () => import('./purchase'),
  forecast: () => import('./forecast'),
  promise: () => import('./promise'),
  'promise-proposals': () => import('./promise-proposals'),
  count: () => import('./count'),
  counts: () => import('./counts'),
  lot: () => import('./lot'),
  lots: () => import('./lots'),
  movements: () => import('./movements'),
  'new-transfer': () => import('./new-transfer'),
  'past-stock': () => import('./past-stock'),
  receive: () => import('./receive'),
  reservations: () => import('./reservations'),
  'order-goods': () => import('./order-goods'),
  'stock-places': () => import('./stock-places'),
  supplier: () => import('./supplier'),
  'supplier-form': () => import('./supplier-form'),
  suppliers: () => import('./suppliers'),
  'tag-reads': () => import('./tag-reads'),
  transfer: () => import('./transfer'),
  transfers: () => import('./transfers'),
  valuation: () => import('./valuation'),
}

export type GoodsPage = keyof typeof GOODS

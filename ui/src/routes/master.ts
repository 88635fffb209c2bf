/** Where the code of each page is that is about the files of customers and products, and what they cost. */
export const MASTER = {
  agent: () => import('./agent'),
  agents: () => import('./agents'),
  contract: () => import('./contract'),
  'contract-form': () => import('./contract-form'),
  contracts: () => import('./contracts'),
  customer: () => import('./customer'),
  'customer-duplicates': () => import('./customer-duplicates'),
  'exchange-rates': () => import('./exchange-rates'),
  forecast: () => import('./forecast'),
  prices: () => import('./prices'),
  product: () => import('./product'),
  'product-form': () => import('./product-form'),
  promotion: () => import('./promotion'),
  promotions: () => import('./promotions'),
  rebate: () => import('./rebate'),
  rebates: () => import('./rebates'),
}

export type MasterPage = keyof typeof MASTER

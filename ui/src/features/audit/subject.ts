/** Where the things of the audit trail have their pages. */
import type { AuditEvent } from '@/lib/api/types'

const PAGES: Record<string, string> = {
  order: '/orders',
  shipment: '/shipments',
  invoice: '/invoices',
  payment: '/payments',
  customer: '/customers',
  product: '/products',
  quotation: '/quotations',
  contract: '/contracts',
  agent: '/agents',
  quota: '/quotas',
  supplier: '/suppliers',
  purchase: '/purchases',
  promotion: '/promotions',
  inquiry: '/inquiries',
  user: '/users',
  import: '/import',
  transfer: '/stock/transfers',
  stock_count: '/stock/counts',
  rebate: '/rebates',
}

/** The page of what an event is about; `null` where it has none. */
export function hrefOf(subject: AuditEvent['subject']): string | null {
  const base = PAGES[subject.kind]
  return base && subject.id ? `${base}/${subject.id}` : null
}

/** Where the code of each page is by which a company is set up: companies, calendars, notices, imports, the audit trail. */
export const OFFICE = {
  audit: () => import('./audit'),
  calendars: () => import('./calendars'),
  companies: () => import('./companies'),
  'company-form': () => import('./company-form'),
  deliveries: () => import('./deliveries'),
  import: () => import('./import'),
  'mail-settings': () => import('./mail-settings'),
  'notification-templates': () => import('./notification-templates'),
  'one-import': () => import('./one-import'),
  robots: () => import('./robots'),
  webhooks: () => import('./webhooks'),
}

export type OfficePage = keyof typeof OFFICE

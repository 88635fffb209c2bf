export { InvoicesPage as default } from '@/features/invoice/InvoicesPage'

export { InvoicePage as default } from '@/features/invoice/InvoicePage'

export { QuotationsPage as default } from '@/features/quotation/QuotationsPage'

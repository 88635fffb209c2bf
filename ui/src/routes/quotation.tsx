export { QuotationPage as default } from '@/features/quotation/QuotationPage'

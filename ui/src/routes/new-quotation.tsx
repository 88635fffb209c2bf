export { NewQuotation as default } from '@/features/quotation/QuotationForm'

export { EditQuotation as default } from '@/features/quotation/QuotationForm'

export { QuotasPage as default } from '@/features/quota/QuotasPage'

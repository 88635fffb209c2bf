export { QuotaPage as default } from '@/features/quota/QuotaPage'

export { ValuationPage as default } from '@/features/stock/ValuationPage'

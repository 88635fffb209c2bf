export { CountPage as default } from '@/features/stock/count/CountPage'

export { CountsPage as default } from '@/features/stock/count/CountsPage'

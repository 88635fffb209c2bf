export { PastStockPage as default } from '@/features/stock/PastStockPage'

export { PricesPage as default } from '@/features/price/PricesPage'

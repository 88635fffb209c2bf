export { LotPage as default } from '@/features/stock/lot/LotPage'

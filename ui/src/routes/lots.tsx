export { LotsPage as default } from '@/features/stock/lot/LotsPage'

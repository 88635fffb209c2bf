export { MovementsPage as default } from '@/features/stock/MovementsPage'

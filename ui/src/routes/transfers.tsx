export { TransfersPage as default } from '@/features/stock/transfer/TransfersPage'

export { TransferPage as default } from '@/features/stock/transfer/TransferPage'

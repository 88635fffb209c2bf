export { TransferForm as default } from '@/features/stock/transfer/TransferForm'

export { ReceiveStock as default } from '@/features/stock/receive'

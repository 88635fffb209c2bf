export { OrderEntryPage as default } from '@/features/order/entry/OrderEntryPage'

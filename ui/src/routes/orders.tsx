export { OrdersPage as default } from '@/features/order/OrdersPage'

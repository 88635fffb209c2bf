export { OrderGoodsPage as default } from '@/features/reservation/OrderGoodsPage'

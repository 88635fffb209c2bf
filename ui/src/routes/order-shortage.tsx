export { OrderShortagePage as default } from '@/features/shortage/OrderShortagePage'

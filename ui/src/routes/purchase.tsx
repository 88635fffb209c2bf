export { PurchasePage as default } from '@/features/purchase/PurchasePage'

export { PurchaseForm as default } from '@/features/purchase/PurchaseForm'

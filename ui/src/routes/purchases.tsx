export { PurchasesPage as default } from '@/features/purchase/PurchasesPage'

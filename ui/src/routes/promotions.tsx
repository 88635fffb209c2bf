export { PromotionsPage as default } from '@/features/promotion/PromotionsPage'

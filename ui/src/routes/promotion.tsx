export { PromotionPage as default } from '@/features/promotion/PromotionPage'

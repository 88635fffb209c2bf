export { ClocksPage as default } from '@/features/clock/ClocksPage'

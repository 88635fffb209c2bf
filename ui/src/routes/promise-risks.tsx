export { RisksPage as default } from '@/features/promise/RisksPage'

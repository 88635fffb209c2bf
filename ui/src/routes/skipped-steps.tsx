export { SkippedPage as default } from '@/features/override/SkippedPage'

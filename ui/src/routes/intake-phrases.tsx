export { LearnedPage as default } from '@/features/intake/LearnedPage'

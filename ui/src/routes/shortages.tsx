export { ShortagesPage as default } from '@/features/shortage/ShortagesPage'

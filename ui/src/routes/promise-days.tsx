export { DaysPage as default } from '@/features/promise/DaysPage'

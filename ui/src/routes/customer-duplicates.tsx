export { DuplicatesPage as default } from '@/features/customer/DuplicatesPage'

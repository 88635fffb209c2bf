export { GradesPage as default } from '@/features/customer/GradesPage'

export { InquiriesPage as default } from '@/features/inquiry/InquiriesPage'

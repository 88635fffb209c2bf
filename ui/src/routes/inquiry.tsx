export { InquiryPage as default } from '@/features/inquiry/InquiryPage'

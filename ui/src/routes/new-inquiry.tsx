export { NewInquiry as default } from '@/features/inquiry/InquiryForm'

export { EditInquiry as default } from '@/features/inquiry/InquiryForm'

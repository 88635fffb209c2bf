export { MailPage as default } from '@/features/notification/MailPage'

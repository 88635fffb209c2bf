export { TemplatesPage as default } from '@/features/notification/TemplatesPage'

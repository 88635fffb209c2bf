export { WebhooksPage as default } from '@/features/notification/WebhooksPage'

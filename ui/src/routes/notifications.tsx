export { NotificationsPage as default } from '@/features/notification/NotificationsPage'

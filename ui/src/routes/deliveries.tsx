export { DeliveriesPage as default } from '@/features/notification/DeliveriesPage'

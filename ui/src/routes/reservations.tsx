export { ReservationsPage as default } from '@/features/reservation/ReservationsPage'

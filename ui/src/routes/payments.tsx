export { PaymentsPage as default } from '@/features/payment/PaymentsPage'

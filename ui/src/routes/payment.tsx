export { PaymentPage as default } from '@/features/payment/PaymentPage'

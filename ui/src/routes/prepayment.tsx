export { PrepaymentPage as default } from '@/features/order/Prepayment'

export { CustomerForm as default } from '@/features/customer/CustomerForm'

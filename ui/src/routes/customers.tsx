export { CustomersPage as default } from '@/features/customer/CustomersPage'

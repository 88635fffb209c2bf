export { SuppliersPage as default } from '@/features/supplier/SuppliersPage'

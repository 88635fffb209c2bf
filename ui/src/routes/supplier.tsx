export { SupplierPage as default } from '@/features/supplier/SupplierPage'

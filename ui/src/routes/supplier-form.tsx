export { SupplierForm as default } from '@/features/supplier/SupplierForm'

export { WarehousesPage as default } from '@/features/warehouse/WarehousesPage'

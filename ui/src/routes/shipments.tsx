export { ShipmentsPage as default } from '@/features/shipment/ShipmentsPage'

export { ShipmentPage as default } from '@/features/shipment/ShipmentPage'

export { DeliveryNotePage as default } from '@/features/shipment/DeliveryNote'

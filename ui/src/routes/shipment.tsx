import { DocumentsCard } from '@/features/document/DocumentsCard'
import { ShipmentPage } from '@/features/shipment/ShipmentPage'

/** A delivery note with what was made of it. */
export default function ShipmentRoute() {
  return <ShipmentPage documents={shipment => <DocumentsCard of={`/shipments/${shipment.id}`} />} />
}

/** What the pages of delivery notes ask the server. */
import { useQuery } from '@tanstack/react-query'
import { get } from '@/lib/api/client'
import type { Order, Shipment } from '@/lib/api/types'

export function useShipment(id: string) {
  return useQuery({ queryKey: ['shipments', 'one', id], queryFn: () => get<Shipment>(`/shipments/${id}`) })
}
/** The order behind a delivery note, for its address and requirements. */
export function useOrderOf(id: string | undefined, may: boolean) {
  return useQuery({
    queryKey: ['orders', 'one', id],
    queryFn: () => get<Order>(`/orders/${id}`),
    enabled: id !== undefined && may,
  })
}

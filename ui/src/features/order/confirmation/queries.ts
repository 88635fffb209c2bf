/** What the confirmations of an order ask the server. */
import { useQuery } from '@tanstack/react-query'
import { get } from '@/lib/api/client'
import type { OrderConfirmations } from '@/lib/api/types'

export function useConfirmations(order: string, enabled = true) {
  return useQuery({
    queryKey: ['orders', 'confirmations', order],
    queryFn: () => get<OrderConfirmations>(`/orders/${order}/confirmations`),
    enabled,
  })
}

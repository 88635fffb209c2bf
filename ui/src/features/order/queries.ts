/** What the order pages ask the server. */
import { useQuery } from '@tanstack/react-query'
import { get, type Query } from '@/lib/api/client'
import type { Order, OrderCounts, OrderEvent, OrderSummary, Page } from '@/lib/api/types'

export function useOrder(id: string) {
  return useQuery({ queryKey: ['orders', 'one', id], queryFn: () => get<Order>(`/orders/${id}`) })
}
export function useOrderEvents(id: string, enabled = true) {
  return useQuery({
    queryKey: ['orders', 'events', id],
    queryFn: () => get<Page<OrderEvent>>(`/orders/${id}/events`, { limit: 200 }),
    enabled,
  })
}
export function useOrderCounts() {
  return useQuery({ queryKey: ['orders', 'counts'], queryFn: () => get<OrderCounts>('/orders/counts') })
}
export function useOrderSummary(query: Query) {
  return useQuery({
    queryKey: ['orders', 'summary', query],
    queryFn: () => get<OrderSummary>('/orders/summary', query),
    placeholderData: previous => previous,
  })
}

/** What the order pages ask the server. */
import { useQuery } from '@tanstack/react-query'
import { get, type Query } from '@/lib/api/client'
import type {
  CreditProposal,
  Customer,
  Order,
  OrderCounts,
  OrderEvent,
  OrderRow,
  OrderSummary,
  Page,
} from '@/lib/api/types'

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
export function useCustomer(id: string) {
  return useQuery({
    queryKey: ['customers', 'one', id],
    queryFn: () => get<Customer>(`/customers/${id}`),
    enabled: id !== '',
    retry: false,
  })
}
/** Terms under which an order fits its customer's credit; asked again whenever the order is. */
export function useCreditProposal(order: Pick<Order, 'id' | 'version'>) {
  return useQuery({
    queryKey: ['orders', 'credit-proposal', order.id, order.version],
    queryFn: () => get<CreditProposal>(`/orders/${order.id}/credit-proposal`),
    retry: false,
  })
}
/** The last orders of a customer. */
export function useLastOrders(customer: string, limit = 5) {
  return useQuery({
    queryKey: ['orders', 'last', customer, limit],
    queryFn: () => get<Page<OrderRow>>('/orders', { customer, limit }),
    enabled: customer !== '',
  })
}

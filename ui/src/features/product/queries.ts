/** What the product pages ask the server. */
import { useQuery } from '@tanstack/react-query'
import { get } from '@/lib/api/client'
import type { Availability, Product } from '@/lib/api/types'

export function useProduct(id: string) {
  return useQuery({
    queryKey: ['products', 'one', id],
    queryFn: () => get<Product>(`/products/${id}`),
    enabled: id !== '',
  })
}
export function useAvailability(id: string) {
  return useQuery({
    queryKey: ['stock', 'of-product', id],
    queryFn: () => get<Availability[]>(`/products/${id}/availability`),
  })
}

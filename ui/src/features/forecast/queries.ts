/** What the forecast page asks the server. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { get, type Query } from '@/lib/api/client'
import type { ProductForecast } from '@/lib/api/types'

export function useForecast(id: string, query: Query) {
  return useQuery({
    queryKey: ['stock', 'forecast', id, query],
    queryFn: () => get<ProductForecast>(`/products/${id}/forecast`, query),
    placeholderData: keepPreviousData,
    enabled: id !== '',
  })
}

/** What the credit of a customer asks the server. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { get } from '@/lib/api/client'
import type { CustomerCredit } from '@/lib/api/types'

export function useCredit(customer: string) {
  return useQuery({
    queryKey: ['customers', 'credit', customer],
    queryFn: () => get<CustomerCredit>(`/customers/${customer}/credit`),
  })
}

/** Brings the customer and its orders up to date: what may be done with them hangs on the credit. */
export function useRefreshCredit(): () => void {
  const client = useQueryClient()
  return () => {
    for (const key of ['customers', 'orders', 'my-work']) void client.invalidateQueries({ queryKey: [key] })
  }
}

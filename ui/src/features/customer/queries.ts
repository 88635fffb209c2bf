/** What the customer pages ask the server. */
import { useQuery } from '@tanstack/react-query'
import { get } from '@/lib/api/client'
import type { Customer, Page } from '@/lib/api/types'

export function useCustomer(id: string) {
  return useQuery({
    queryKey: ['customers', 'one', id],
    queryFn: () => get<Customer>(`/customers/${id}`),
    enabled: id !== '',
  })
}

/** Customers that already have a name like this one, to be warned of before a second file is opened. */
export function useSameName(name: string) {
  return useQuery({
    queryKey: ['customers', 'same-name', name],
    queryFn: ({ signal }) => get<Page<Customer>>('/customers', { q: name, limit: 3 }, { signal }),
    enabled: name.length >= 2,
    select: page => page.items.filter(item => item.name === name),
  })
}

/** What the customer pages ask the server. */
import { useQuery } from '@tanstack/react-query'
import { get } from '@/lib/api/client'
import type { Customer, SimilarCustomer } from '@/lib/api/types'

export function useCustomer(id: string) {
  return useQuery({
    queryKey: ['customers', 'one', id],
    queryFn: () => get<Customer>(`/customers/${id}`),
    enabled: id !== '',
  })
}

/** Customers like what is typed, with the reason; `except` is the one that is edited. */
export function useSimilar(typed: Record<string, string>, except: string) {
  const tells =
    (typed.name ?? '').length >= 2 || (typed.credit_code ?? '').length >= 18 || (typed.phone ?? '').length >= 7
  return useQuery({
    queryKey: ['customers', 'similar', typed, except],
    queryFn: ({ signal }) => get<SimilarCustomer[]>('/customers/similar', { ...typed, except }, { signal }),
    enabled: tells,
    placeholderData: before => (tells ? before : undefined),
  })
}

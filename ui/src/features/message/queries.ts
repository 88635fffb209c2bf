/** Who wrote, and who waits for an answer. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { get } from '@/lib/api/client'
import type { components } from '@/lib/api/schema'
import type { Customer, Page } from '@/lib/api/types'

type MessageThread = components['schemas']['MessageThread']

export function useThreads(waiting: boolean) {
  const sort = waiting ? 'waiting_since' : '-last_at'
  return useInfiniteQuery({
    queryKey: ['messages', 'threads', waiting],
    queryFn: ({ pageParam }) =>
      get<Page<MessageThread>>('/message-threads', {
        sort,
        cursor: pageParam,
        limit: 50,
        ...(waiting ? { waiting: 'true' } : {}),
      }),
    initialPageParam: '',
    getNextPageParam: page => page.next,
    refetchInterval: 60_000,
  })
}

export function useCustomer(id: string) {
  return useQuery({
    queryKey: ['customers', 'one', id],
    queryFn: () => get<Customer>(`/customers/${id}`),
    retry: false,
  })
}

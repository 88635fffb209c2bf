/** What was said with customers, and what waits for an answer. */
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { get } from '@/lib/api/client'
import type { components } from '@/lib/api/schema'

type Schemas = components['schemas']
export type Message = Schemas['Message']
export type MessageThread = Schemas['MessageThread']
interface Listed<T> {
  items: T[]
  next: string | null
}

export function useThreads(waiting: boolean) {
  const sort = waiting ? 'waiting_since' : '-last_at'
  return useInfiniteQuery({
    queryKey: ['messages', 'threads', waiting],
    queryFn: ({ pageParam }) =>
      get<Listed<MessageThread>>('/message-threads', {
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

/** One's own side of the messages: `/customers/{id}/messages`, or `/portal/messages`. */
export function useMessages(path: string, order?: string) {
  return useInfiniteQuery({
    queryKey: ['messages', path, order ?? ''],
    queryFn: ({ pageParam }) =>
      get<Listed<Message>>(path, { cursor: pageParam, limit: 30, ...(order ? { order } : {}) }),
    initialPageParam: '',
    getNextPageParam: page => page.next,
    refetchInterval: 30_000,
  })
}

export function useCustomerName(id: string) {
  return useQuery({
    queryKey: ['customers', id],
    queryFn: () => get<Schemas['Customer']>(`/customers/${id}`),
    enabled: id !== '',
  })
}

export function useRefreshMessages(): () => void {
  const client = useQueryClient()
  return useCallback(() => {
    void client.invalidateQueries({ queryKey: ['messages'] })
    void client.invalidateQueries({ queryKey: ['portal', 'messages'] })
  }, [client])
}

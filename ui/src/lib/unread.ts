import { useQuery } from '@tanstack/react-query'
import { get } from './api/client'

/** Where the count is kept; the event stream writes it whenever it changes. */
export const UNREAD = ['notifications', 'unread'] as const

/** How many notifications this person has not read. */
export function useUnread(): number {
  const { data } = useQuery({
    queryKey: UNREAD,
    queryFn: () => get<{ count: number }>('/notifications/unread'),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return data?.count ?? 0
}

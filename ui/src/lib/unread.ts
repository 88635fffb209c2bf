import { useQuery } from '@tanstack/react-query'
import { get } from './api/client'

/** Asked again also without an event: what another process made of it comes a little later. */
const AGAIN = 60_000

/** How many notifications this person has not read. */
export function useUnread(): number {
  const { data } = useQuery({
    queryKey: ['notifications', 'unread'],
    queryFn: () => get<{ count: number }>('/notifications/unread'),
    refetchInterval: AGAIN,
  })
  return data?.count ?? 0
}

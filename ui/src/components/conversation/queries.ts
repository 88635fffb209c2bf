/** What was said, for either side. */
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { get } from '@/lib/api/client'
import type { components } from '@/lib/api/schema'
import type { Page } from '@/lib/api/types'

type Message = components['schemas']['Message']

/** One's own side of the messages: `/customers/{id}/messages`, or `/portal/messages`. */
export function useMessages(path: string, about: { order?: string; quotation?: string }) {
  return useInfiniteQuery({
    queryKey: ['messages', path, about.order ?? '', about.quotation ?? ''],
    queryFn: ({ pageParam }) => get<Page<Message>>(path, { cursor: pageParam, limit: 30, ...about }),
    initialPageParam: '',
    getNextPageParam: page => page.next,
    refetchInterval: 30_000,
  })
}

export function useRefreshMessages(): () => void {
  const client = useQueryClient()
  return useCallback(() => {
    void client.invalidateQueries({ queryKey: ['messages'] })
    void client.invalidateQueries({ queryKey: ['portal', 'messages'] })
  }, [client])
}

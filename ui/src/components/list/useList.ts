import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { get, type Query } from '@/lib/api/client'
import type { Page } from '@/lib/api/types'
import type { UrlValues } from '@/lib/url-state'
import type { ListSpec } from './spec'

const PAGE = 100

/** What the address asks of the list, as the API's query. */
export function queryOf<Row>(spec: ListSpec<Row>, url: UrlValues): Query {
  const query: Query = { ...spec.fixed, q: url.q, view: url.view, sort: url.sort ?? spec.defaultSort }
  for (const filter of spec.filters) {
    if (filter.kind === 'dates') {
      query[filter.from] = url[filter.from]
      query[filter.to] = url[filter.to]
    } else query[filter.key] = url[filter.key]
  }
  return query
}

/** The rows of a list, page after page as they are needed. */
export function useList<Row>(spec: ListSpec<Row>, query: Query) {
  const result = useInfiniteQuery({
    queryKey: [spec.noun, 'list', spec.path, query],
    queryFn: ({ pageParam, signal }) =>
      get<Page<Row>>(spec.path, { ...query, limit: PAGE, cursor: pageParam }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: page => page.next,
    placeholderData: previous => previous,
  })
  const rows = useMemo(() => result.data?.pages.flatMap(page => page.items) ?? [], [result.data])
  return { ...result, rows }
}

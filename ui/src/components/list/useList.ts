import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { get, type Query } from '@/lib/api/client'
import type { Page } from '@/lib/api/types'
import type { UrlValues } from '@/lib/url-state'
import type { ListSpec } from './spec'

const PAGE = 100

/** What the address asks of the list, as the API's query. */
export function queryOf<Row>(spec: ListSpec<Row>, url: UrlValues): Query {
  const named = spec.views?.find(view => view.value === (url.view ?? spec.views?.[0]?.value))?.query
  const query: Query = {
    ...spec.fixed,
    [spec.searchKey ?? 'q']: url[spec.searchKey ?? 'q'],
    sort: url.sort ?? spec.defaultSort,
  }
  if (!named) query.view = url.view
  for (const filter of spec.filters) {
    if (filter.kind === 'dates') {
      query[filter.from] = url[filter.from]
      query[filter.to] = url[filter.to]
    } else query[filter.key] = url[filter.key]
  }
  for (const [key, value] of Object.entries(named ?? {})) query[key] ??= value
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

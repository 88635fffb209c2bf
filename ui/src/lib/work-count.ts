import { useQuery } from '@tanstack/react-query'
import { get } from './api/client'
import type { MyWork } from './api/types'

export const myWorkQuery = { queryKey: ['my-work'], queryFn: () => get<MyWork>('/my-work') }

/** How many things wait for this person. */
export function useMyWorkCount(): number {
  const { data } = useQuery(myWorkQuery)
  return Object.values(data?.counts ?? {}).reduce((sum, count) => sum + count, 0)
}

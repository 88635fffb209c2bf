/** What the pages of quotas ask the server. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { get } from '@/lib/api/client'
import type { components } from '@/lib/api/schema'

type Schemas = components['schemas']
export type Quota = Schemas['Quota']
export type QuotaRow = Schemas['QuotaRow']
export type QuotaInput = Schemas['QuotaInput']

export function useQuota(id: string) {
  return useQuery({ queryKey: ['quotas', 'one', id], queryFn: () => get<Quota>(`/quotas/${id}`) })
}

/** Brings everything that shows quotas up to date. */
export function useRefreshQuotas(): () => Promise<void> {
  const client = useQueryClient()
  return useCallback(() => client.invalidateQueries({ queryKey: ['quotas'] }), [client])
}

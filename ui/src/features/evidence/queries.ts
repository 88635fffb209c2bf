/** What the evidence of an order asks the server. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { get } from '@/lib/api/client'
import type { EvidenceIntegrity, OrderEvidence } from '@/lib/api/types'

const key = (order: string) => ['orders', 'evidence', order]

export function useEvidence(order: string) {
  return useQuery({ queryKey: key(order), queryFn: () => get<OrderEvidence>(`/orders/${order}/evidence`) })
}

/** Takes the hashes of a proof again; never from memory. */
export function useIntegrity(id: string) {
  return useQuery({
    queryKey: ['evidence', 'verify', id],
    queryFn: () => get<EvidenceIntegrity>(`/evidence/${id}/verify`),
    staleTime: 0,
    gcTime: 0,
  })
}

/** Brings the evidence and its order up to date. */
export function useRefreshEvidence(): () => void {
  const client = useQueryClient()
  return () => void client.invalidateQueries({ queryKey: ['orders'] })
}

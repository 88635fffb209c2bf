/** Brings everything a document touches up to date: its order, the money, the work that is left. */
import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'

const TOUCHED = [
  'orders',
  'clocks',
  'shipments',
  'invoices',
  'payments',
  'follow-ups',
  'customers',
  'stock',
  'my-work',
  'dashboard',
] as const

export function useRefreshDocuments(): () => void {
  const client = useQueryClient()
  return useCallback(() => {
    for (const key of TOUCHED) void client.invalidateQueries({ queryKey: [key] })
  }, [client])
}

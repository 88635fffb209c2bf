/** What the pages of suppliers ask the server. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { get } from '@/lib/api/client'
import type { components } from '@/lib/api/schema'

type Schemas = components['schemas']
export type Supplier = Schemas['Supplier']
export type SupplierRow = Schemas['SupplierRow']
export type SupplierProduct = Schemas['SupplierProduct']
export type SupplierInput = Schemas['SupplierInput']

export function useSupplier(id: string) {
  return useQuery({
    queryKey: ['suppliers', 'one', id],
    queryFn: () => get<Supplier>(`/suppliers/${id}`),
    enabled: id !== '',
  })
}

/** Brings everything that shows suppliers up to date. */
export function useRefreshSuppliers(): () => Promise<void> {
  const client = useQueryClient()
  return useCallback(() => client.invalidateQueries({ queryKey: ['suppliers'] }), [client])
}

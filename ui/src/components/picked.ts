/** What a {@link Pick} field can find, and how a picked id is named. */
import { useQuery } from '@tanstack/react-query'
import { get } from '@/lib/api/client'
import type { Page } from '@/lib/api/types'

export type PickKind = 'customer' | 'product' | 'supplier' | 'warehouse' | 'user'

export interface Picked {
  id: string
  code?: string
  username?: string
  name: string
  spec?: string
}

export const PICK_PATHS: Record<PickKind, string> = {
  customer: '/customers',
  product: '/products',
  supplier: '/suppliers',
  warehouse: '/warehouses',
  user: '/users',
}

/** What is picked now, by name. */
export function usePickedName(kind: PickKind, id: string): string {
  const found = useQuery({
    queryKey: [PICK_PATHS[kind].slice(1), id, 'name'],
    queryFn: () => get<Picked>(`${PICK_PATHS[kind]}/${id}`),
    enabled: id !== '' && (kind === 'customer' || kind === 'product' || kind === 'supplier'),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
  const all = useQuery({
    queryKey: [PICK_PATHS[kind].slice(1), 'pick', ''],
    queryFn: () => get<Page<Picked>>(PICK_PATHS[kind], { limit: 50 }),
    enabled: id !== '' && (kind === 'warehouse' || kind === 'user'),
    retry: false,
  })
  const one = found.data ?? all.data?.items.find(item => item.id === id)
  return one?.name ?? id
}

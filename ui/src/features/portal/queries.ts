/** Everything the portal asks the server; one person's, so one cache. */

import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { get, post, setCsrfToken } from '@/lib/api/client'
import { ApiProblem } from '@/lib/api/problem'
import { setTimeZone } from '@/lib/format'
import type { OfferPage } from '@/sign/OfferApp'
import type {
  Cart,
  Listed,
  PortalAccount,
  PortalMessages,
  PortalOrder,
  PortalOrderRow,
  PortalProduct,
  PortalQuotationRow,
  PortalSession,
  PortalStatus,
  UsualProducts,
} from './types'

export const SESSION = ['portal', 'session']
export const CART = ['portal', 'cart']

export function applySession(session: PortalSession): void {
  setCsrfToken(session.csrf_token)
  setTimeZone(session.time_zone)
}

/** Set while somebody is signed in on this machine, so that nobody is asked about who never was. */
const SIGNED_IN = 'shundan.portal.signed_in'

export function rememberSignedIn(signedIn: boolean): void {
  if (signedIn) localStorage.setItem(SIGNED_IN, '1')
  else localStorage.removeItem(SIGNED_IN)
}

async function readSession(): Promise<PortalSession | null> {
  if (!localStorage.getItem(SIGNED_IN)) return null
  try {
    const session = await get<PortalSession>('/portal/session', undefined, { anonymous: true })
    applySession(session)
    return session
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 401) {
      rememberSignedIn(false)
      return null
    }
    throw error
  }
}

export function useSession() {
  return useQuery({ queryKey: SESSION, queryFn: readSession, staleTime: Number.POSITIVE_INFINITY })
}
export function useCart(enabled = true) {
  return useQuery({ queryKey: CART, queryFn: () => get<Cart>('/portal/cart'), enabled })
}
/** Whether the company said something that was not read yet. */
export function useUnreadMessages(enabled = true): boolean {
  const state = useQuery({
    enabled,
    queryKey: ['portal', 'messages'],
    queryFn: () => get<PortalMessages>('/portal/messages/state'),
    refetchInterval: 60_000,
  })
  return state.data?.unread ?? false
}
export function useUsual() {
  return useQuery({ queryKey: ['portal', 'usual'], queryFn: () => get<UsualProducts>('/portal/usual-products') })
}
export function useCatalogue(q: string) {
  return useInfiniteQuery({
    queryKey: ['portal', 'products', q],
    queryFn: ({ pageParam }) => get<Listed<PortalProduct>>('/portal/products', { q, cursor: pageParam, limit: 30 }),
    initialPageParam: '',
    getNextPageParam: page => page.next,
  })
}
export function useOrders(status: PortalStatus | '') {
  return useInfiniteQuery({
    queryKey: ['portal', 'orders', status],
    queryFn: ({ pageParam }) => get<Listed<PortalOrderRow>>('/portal/orders', { status, cursor: pageParam, limit: 20 }),
    initialPageParam: '',
    getNextPageParam: page => page.next,
  })
}
export function useOrder(id: string) {
  return useQuery({ queryKey: ['portal', 'order', id], queryFn: () => get<PortalOrder>(`/portal/orders/${id}`) })
}
export function useQuotations() {
  return useInfiniteQuery({
    queryKey: ['portal', 'quotations'],
    queryFn: ({ pageParam }) => get<Listed<PortalQuotationRow>>('/portal/quotations', { cursor: pageParam, limit: 20 }),
    initialPageParam: '',
    getNextPageParam: page => page.next,
  })
}
export function useQuotation(id: string) {
  return useQuery({
    queryKey: ['portal', 'quotation', id],
    queryFn: () => get<OfferPage>(`/portal/quotations/${id}`),
  })
}
/** Says something of a quotation to the server; what it shows from here on is kept. */
export function useQuotationAnswer(id: string) {
  const client = useQueryClient()
  const show = useCallback(
    (page: OfferPage) => {
      client.setQueryData(['portal', 'quotation', id], page)
      void client.invalidateQueries({ queryKey: ['portal', 'quotations'] })
    },
    [client, id],
  )
  const answer = useCallback(
    (verb: string, body: object = {}) => post<OfferPage>(`/portal/quotations/${id}/${verb}`, body),
    [id],
  )
  return { answer, show }
}
export function useAccount() {
  return useQuery({ queryKey: ['portal', 'account'], queryFn: () => get<PortalAccount>('/portal/account') })
}

/** What has changed with a step: orders, stock, cart. */
export function useRefresh(): () => void {
  const client = useQueryClient()
  return () => {
    for (const part of ['products', 'usual', 'orders', 'order', 'account', 'cart']) {
      void client.invalidateQueries({ queryKey: ['portal', part] })
    }
  }
}

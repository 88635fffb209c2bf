/** What the pages of change orders ask the server, and how they do a step. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { get, post } from '@/lib/api/client'
import type {
  ChangeEffect,
  ChangeInput,
  ChangeOrder,
  ChangeRow,
  ChangeState,
  ChangeVerb,
  Order,
  OrderEvidence,
  Page,
} from '@/lib/api/types'
import { usePost } from '@/lib/step'

export function useChange(id: string) {
  return useQuery({
    queryKey: ['changes', 'one', id],
    queryFn: () => get<ChangeOrder>(`/changes/${id}`),
    enabled: id !== '',
  })
}
export function useChangesOfOrder(order: string) {
  return useQuery({
    queryKey: ['changes', 'order', order],
    queryFn: () => get<Page<ChangeRow>>('/changes', { order, limit: 100 }),
  })
}
export function useChangedOrder(id: string) {
  return useQuery({
    queryKey: ['orders', 'one', id],
    queryFn: () => get<Order>(`/orders/${id}`),
    enabled: id !== '',
  })
}
/** What would come of what is being written; asked only when it is whole. */
export function usePreview(order: string, sent: ChangeInput, whole: boolean) {
  return useQuery({
    queryKey: ['changes', 'preview', order, sent],
    queryFn: () => post<ChangeEffect>(`/orders/${order}/changes/preview`, sent),
    enabled: whole && order !== '',
    retry: false,
    staleTime: 0,
    gcTime: 0,
    placeholderData: previous => previous,
  })
}
/** The evidence that may prove the customer's yes. */
export function useAnswers(order: string) {
  return useQuery({
    queryKey: ['orders', 'evidence', order],
    queryFn: () => get<OrderEvidence>(`/orders/${order}/evidence`),
    select: found => found.items.filter(item => item.proves === 'change_accepted' && item.counts),
  })
}

/** Brings everything a change touches up to date. */
export function useRefreshChanges(): () => void {
  const client = useQueryClient()
  return useCallback(() => {
    for (const key of ['changes', 'orders', 'my-work', 'stock', 'customers', 'dashboard']) {
      void client.invalidateQueries({ queryKey: [key] })
    }
  }, [client])
}

/** A step of a change order, told when it is done. */
export function useChangeStep<Given extends object>(
  change: Pick<ChangeOrder, 'id' | 'version'>,
  verb: ChangeVerb,
  onDone?: () => void,
) {
  const { t } = useTranslation()
  const refresh = useRefreshChanges()
  return usePost<Given, ChangeState>(`/changes/${change.id}/${verb}`, {
    version: () => change.version,
    done: t(`change:did.${verb}`),
    onDone: () => {
      refresh()
      onDone?.()
    },
    onProblem: () => {
      refresh()
      return false
    },
  })
}

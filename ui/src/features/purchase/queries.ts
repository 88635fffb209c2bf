/** What the pages of purchase orders ask the server. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { get } from '@/lib/api/client'
import type { components } from '@/lib/api/schema'
import type { Tone } from '@/lib/api/types'
import { usePost } from '@/lib/step'

type Schemas = components['schemas']
export type Purchase = Schemas['Purchase']
export type PurchaseRow = Schemas['PurchaseRow']
export type PurchaseLine = Schemas['PurchaseLine']
export type PurchaseInput = Schemas['PurchaseInput']
export type PurchaseState = Schemas['PurchaseState']
export type PurchaseStatus = Purchase['status']
export type PurchaseVerb = Purchase['actions'][number]['verb']

export const STATUSES = [
  'draft',
  'sent',
  'confirmed',
  'partly_received',
  'received',
  'closed',
  'cancelled',
] as const satisfies readonly PurchaseStatus[]

export const TONES: Record<PurchaseStatus, Tone> = {
  draft: 'idle',
  sent: 'going',
  confirmed: 'going',
  partly_received: 'risk',
  received: 'done',
  closed: 'done',
  cancelled: 'idle',
}

export function usePurchase(id: string) {
  return useQuery({
    queryKey: ['purchases', 'one', id],
    queryFn: () => get<Purchase>(`/purchases/${id}`),
    enabled: id !== '',
  })
}

/** Brings everything a purchase order touches up to date. */
export function useRefreshPurchases(): () => void {
  const client = useQueryClient()
  return useCallback(() => {
    for (const key of ['purchases', 'stock', 'suppliers']) void client.invalidateQueries({ queryKey: [key] })
  }, [client])
}

/** A step of a purchase order, told when it is done. */
export function usePurchaseStep<Given extends object>(purchase: Purchase, verb: PurchaseVerb, onDone?: () => void) {
  const { t } = useTranslation()
  const refresh = useRefreshPurchases()
  return usePost<Given, PurchaseState>(`/purchases/${purchase.id}/${verb}`, {
    version: () => purchase.version,
    done: t(`purchase:did.${verb}`),
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

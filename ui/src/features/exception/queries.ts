/** What the pages of exceptions ask the server, and how they answer. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { get } from '@/lib/api/client'
import type { components } from '@/lib/api/schema'
import type { OrderState, Page } from '@/lib/api/types'
import { usePost } from '@/lib/step'

type Schemas = components['schemas']
export type OrderException = Schemas['OrderException']
export type ExceptionAnswer = Partial<Schemas['ExceptionAnswerInput']>
export type ExceptionInput = Schemas['ExceptionInput']
export type ExceptionKind = OrderException['kind']

export const KINDS = [
  'delivery_cancelled',
  'goods_refused',
  'short_pick',
  'production_failed',
  'document_returned',
] as const
export const STATUSES = ['open', 'redone', 'given_up'] as const
export const GOODS = ['good', 'damaged', 'lost'] as const

/** The exceptions of an order, the newest first. */
export function useExceptionsOf(order: string) {
  return useQuery({
    queryKey: ['orders', 'exceptions', order],
    queryFn: () => get<Page<OrderException>>('/exceptions', { order, limit: 100 }),
  })
}

/** How many wait for an answer. */
export function useOpenExceptions() {
  return useQuery({
    queryKey: ['exceptions', 'counts'],
    queryFn: () => get<Schemas['ExceptionCounts']>('/exceptions/counts'),
  })
}

/** Brings everything up to date that an answer may have changed. */
export function useRefresh(): () => void {
  const client = useQueryClient()
  return useCallback(() => {
    for (const key of ['exceptions', 'orders', 'clocks', 'shipments', 'stock', 'my-work', 'dashboard', 'customers']) {
      void client.invalidateQueries({ queryKey: [key] })
    }
  }, [client])
}

/** Posts a step of an exception or a question, says that it is done, and brings the pages up to date. */
export function useStep<Body extends object>(path: string, done: string, onDone: () => void) {
  const refresh = useRefresh()
  return usePost<Body, OrderState>(path, {
    done,
    quiet: true,
    onDone: () => {
      refresh()
      onDone()
    },
    onProblem: () => {
      refresh()
      return false
    },
  })
}

/** A step on an order: posts the verb, says what came of it, and brings every view up to date. */
import { useQueryClient } from '@tanstack/react-query'

import { useTranslation } from 'react-i18next'
import { ApiProblem } from '@/lib/api/problem'
import type { Order, OrderState } from '@/lib/api/types'
import { useMessage } from '@/lib/message'
import { usePost } from '@/lib/step'

/** Brings lists, pages and counts up to date after an order changed. */
export function useRefreshOrders(): () => void {
  const client = useQueryClient()
  return () => {
    for (const key of [
      'orders',
      'clocks',
      'my-work',
      'dashboard',
      'shipments',
      'invoices',
      'payments',
      'follow-ups',
      'stock',
    ]) {
      void client.invalidateQueries({ queryKey: [key] })
    }
  }
}

interface Step {
  verb: string
  body: object
}
interface Options {
  quiet?: boolean
  onDone?: (answer: OrderState, verb: string) => void
}

/** Steps decided on what was seen: refused when the order changed meanwhile. */
const AS_SEEN = new Set(['review', 'approve', 'return', 'reject', 'propose-terms'])

/** Takes any step of an order: `mutate({ verb: 'approve', body: { note: '' } })`. */
export function useOrderSteps(order: Pick<Order, 'id' | 'version'>, options: Options = {}) {
  const { t } = useTranslation()
  const message = useMessage()
  const refresh = useRefreshOrders()
  return usePost<Step, OrderState>(given => `/orders/${order.id}/${given.verb}`, {
    body: given => given.body,
    version: given => (AS_SEEN.has(given.verb) ? order.version : undefined),
    quiet: options.quiet,
    onDone: (answer, { verb }) => {
      refresh()
      const key = verb === 'approve' && answer?.status === 'effective' ? 'effective' : verb
      void message.success(t(`order:done.${key}`, { number: answer?.number ?? '' }))
      options.onDone?.(answer, verb)
    },
    onProblem: error => {
      if (!(error instanceof ApiProblem) || (error.status !== 412 && error.status !== 409)) return false
      refresh()
      if (error.status !== 412) return false
      void message.warning(t('order:stale'), 5)
      return true
    },
  })
}

/** One step of an order, as its dialog takes it. */
export function useOrderStep<Body extends object>(
  order: Pick<Order, 'id' | 'version'>,
  verb: string,
  options: Options = {},
) {
  const steps = useOrderSteps(order, options)
  return {
    isPending: steps.isPending,
    error: steps.error,
    mutate: (body: Body, then?: { onError?: (error: unknown) => void }) => steps.mutate({ verb, body }, then),
  }
}

/** What every verb's dialog is given. */
export interface VerbProps {
  order: Order
  onClose: () => void
  onDone: (answer: OrderState, verb: string) => void
}

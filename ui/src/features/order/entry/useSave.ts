/** Sends an entry: a new draft, a changed draft, and if asked the submission with it. */

import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { post, put } from '@/lib/api/client'
import { ApiProblem } from '@/lib/api/problem'
import type { Order, OrderState } from '@/lib/api/types'
import { uuidv7 } from '@/lib/api/uuid'
import { useMessage } from '@/lib/message'
import { useProblemText } from '@/lib/step'
import { useRefreshOrders } from '../step'
import { type Entry, sentLines, toInput } from './model'
import { sortErrors } from './useCheck'

type Errors = ReturnType<typeof sortErrors>
const NONE: Errors = { head: new Map(), lines: new Map() }

export function useSave(order: Order | null, entry: Entry, drop: () => void) {
  const { t } = useTranslation()
  const message = useMessage()
  const navigate = useNavigate()
  const problemText = useProblemText()
  const refresh = useRefreshOrders()
  const [busy, setBusy] = useState<'save' | 'submit' | null>(null)
  const [errors, setErrors] = useState<Errors>(NONE)
  /** The same content tried again after a lost answer must not make a second order. */
  const attempt = useRef({ content: '', key: '' })
  /** A draft that was changed but could not be submitted has a new version. */
  const version = useRef(order?.version)

  const send = async (kind: 'save' | 'submit'): Promise<OrderState> => {
    const body = toInput(entry)
    if (!order) {
      const content = `${kind} ${JSON.stringify(body)}`
      if (attempt.current.content !== content) attempt.current = { content, key: uuidv7() }
      return post<OrderState>('/orders', body, {
        idempotencyKey: attempt.current.key,
        query: kind === 'submit' ? { submit: true } : undefined,
      })
    }
    const saved = await put<OrderState>(`/orders/${order.id}`, body, { version: version.current })
    version.current = saved.version
    return kind === 'submit' ? post<OrderState>(`/orders/${order.id}/submit`) : saved
  }

  const run = (kind: 'save' | 'submit', onRefused: () => void) => {
    if (busy) return
    const keys = sentLines(entry).map(line => line.key)
    setBusy(kind)
    setErrors(NONE)
    send(kind)
      .then(answer => {
        drop()
        refresh()
        void message.success(
          kind === 'submit' ? t('order:done.submit', { number: answer.number }) : t('order:entry.saved'),
        )
        void navigate(`/orders/${answer.id}`)
      })
      .catch((error: unknown) => {
        if (!(error instanceof ApiProblem && error.transient)) attempt.current = { content: '', key: '' }
        if (error instanceof ApiProblem && error.status === 412) {
          void message.error(t('order:entry.changed_elsewhere'), 8)
          return
        }
        if (error instanceof ApiProblem && error.errors.length > 0) {
          setErrors(sortErrors(error.errors, keys))
          onRefused()
        }
        void message.error(problemText(error), 6)
      })
      .finally(() => setBusy(null))
  }
  return { run, busy, errors }
}

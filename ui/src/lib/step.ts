/** Steps and other posts as mutations: one idempotency key per request, kept while it is tried again. */
import { useMutation } from '@tanstack/react-query'
import { App } from 'antd'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { post } from './api/client'
import { ApiProblem } from './api/problem'
import { uuidv7 } from './api/uuid'

/** Says why a request was refused, in the words of the server where it gave some. */
export function useProblemText(): (error: unknown) => string {
  const { t } = useTranslation()
  return error => {
    if (!(error instanceof ApiProblem)) return t('common:error.unknown')
    if (error.status === 0) return t('common:error.offline')
    if (error.detail) return error.detail
    if (error.gates[0]) return error.gates.map(gate => gate.message).join('；')
    if (error.errors[0]) return error.errors.map(item => item.message).join('；')
    return error.title
  }
}

export interface StepOptions<Answer> {
  /** Said in a short message when it is done. */
  done?: string
  onDone?: (answer: Answer) => void
  /** Field errors are shown by the form itself, so no message for them. */
  quiet?: boolean
}

/**
 * A POST that tells its outcome. The same body tried again after a lost answer goes out under the same
 * Idempotency-Key, so nothing is done twice.
 */
export function usePost<Body, Answer>(path: string | ((body: Body) => string), options: StepOptions<Answer> = {}) {
  const { message } = App.useApp()
  const problemText = useProblemText()
  const last = useRef({ body: '', key: '' })
  return useMutation<Answer, unknown, Body>({
    mutationFn: body => {
      const target = typeof path === 'string' ? path : path(body)
      const text = `${target} ${body instanceof FormData ? uuidv7() : JSON.stringify(body)}`
      if (last.current.body !== text) last.current = { body: text, key: uuidv7() }
      return post<Answer>(target, body, { idempotencyKey: last.current.key })
    },
    onSuccess: answer => {
      last.current = { body: '', key: '' }
      if (options.done) void message.success(options.done)
      options.onDone?.(answer)
    },
    onError: error => {
      if (!(error instanceof ApiProblem && error.transient)) last.current = { body: '', key: '' }
      if (options.quiet && error instanceof ApiProblem && error.errors.length > 0) return
      void message.error(problemText(error), 6)
    },
  })
}

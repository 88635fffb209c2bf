/** Steps and other posts as mutations: one idempotency key per request, kept while it is tried again. */
import { useMutation } from '@tanstack/react-query'

import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { post } from './api/client'
import { ApiProblem } from './api/problem'
import { uuidv7 } from './api/uuid'
import { useMessage } from './message'

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

export interface PostOptions<Given, Answer> {
  /** What is sent; the given value itself unless told. */
  body?: (given: Given) => unknown
  /** Version the step was decided on; sent as If-Match. */
  version?: (given: Given) => number | undefined
  /** Said in a short message when it is done. */
  done?: string
  onDone?: (answer: Answer, given: Given) => void
  /** Field errors are shown by the form itself, so no message for them. */
  quiet?: boolean
  /** Handles a problem itself when it answers true. */
  onProblem?: (error: unknown) => boolean
}

/**
 * A POST that tells its outcome. The same request tried again after a lost answer goes out under the same
 * Idempotency-Key, so nothing is done twice.
 */
export function usePost<Given, Answer>(
  path: string | ((given: Given) => string),
  options: PostOptions<Given, Answer> = {},
) {
  const message = useMessage()
  const problemText = useProblemText()
  const last = useRef({ request: '', key: '' })
  return useMutation<Answer, unknown, Given>({
    mutationFn: given => {
      const target = typeof path === 'string' ? path : path(given)
      const body = options.body ? options.body(given) : given
      const request = `${target} ${body instanceof FormData ? uuidv7() : JSON.stringify(body)}`
      if (last.current.request !== request) last.current = { request, key: uuidv7() }
      return post<Answer>(target, body, { idempotencyKey: last.current.key, version: options.version?.(given) })
    },
    onSuccess: (answer, given) => {
      last.current = { request: '', key: '' }
      if (options.done) void message.success(options.done)
      options.onDone?.(answer, given)
    },
    onError: error => {
      if (!(error instanceof ApiProblem && error.transient)) last.current = { request: '', key: '' }
      if (options.onProblem?.(error)) return
      if (options.quiet && error instanceof ApiProblem && error.errors.length > 0) return
      void message.error(problemText(error), 6)
    },
  })
}

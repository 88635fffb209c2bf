/**
 * The one way to the server: JSON over fetch with the session's CSRF token, an idempotency key on every POST,
 * the caller's language, and problems as {@link ApiProblem}.
 *
 * A session that ended is signed in again in place: the request waits for it and is sent once more.
 */
import { ApiProblem, problemOf } from './problem'
import { uuidv7 } from './uuid'

const BASE = '/api/v1'

export type QueryValue = string | number | boolean | null | undefined
export type Query = Record<string, QueryValue>

export interface RequestOptions {
  query?: Query
  signal?: AbortSignal
  /** Version the change was made on; sent as If-Match. */
  version?: number
  /** Reuse it when the same request is tried again. */
  idempotencyKey?: string
  /** Sign-in itself: a 401 is an answer, not an ended session. */
  anonymous?: boolean
  accept?: string
}

const state = {
  language: 'zh-CN',
  csrf: '',
  signInAgain: null as (() => Promise<void>) | null,
}

export function setLanguageHeader(language: string): void {
  state.language = language
}
export function setCsrfToken(token: string): void {
  state.csrf = token
}
/** Names what asks the person to sign in again; one question for all requests that wait. */
export function onSessionEnded(ask: (() => Promise<void>) | null): void {
  state.signInAgain = ask
}

/** `/orders` and its query as the address to fetch, empty values left out. */
export function address(path: string, query?: Query): string {
  const params = new URLSearchParams()
  for (const [key, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null && value !== '') params.set(key, String(value))
  }
  const text = params.toString()
  return `${BASE}${path}${text ? `?${text}` : ''}`
}

let asking: Promise<void> | null = null
function signInAgain(): Promise<void> | null {
  if (!state.signInAgain) return null
  asking ??= state.signInAgain().finally(() => {
    asking = null
  })
  return asking
}

async function send(method: string, path: string, body: unknown, options: RequestOptions): Promise<Response> {
  const headers: Record<string, string> = {
    Accept: options.accept ?? 'application/json',
    'Accept-Language': state.language,
  }
  if (method !== 'GET' && state.csrf) headers['X-CSRF-Token'] = state.csrf
  if (method === 'POST') headers['Idempotency-Key'] = options.idempotencyKey ?? uuidv7()
  if (options.version !== undefined) headers['If-Match'] = `"${options.version}"`
  let payload: BodyInit | undefined
  if (body instanceof FormData) payload = body
  else if (body !== undefined) {
    headers['Content-Type'] = 'application/json'
    payload = JSON.stringify(body)
  }
  try {
    return await fetch(address(path, options.query), {
      method,
      headers,
      body: payload,
      signal: options.signal,
      credentials: 'same-origin',
    })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new ApiProblem({ type: 'offline', title: 'offline', status: 0 })
  }
}

/** Sends a request and gives its successful answer; throws {@link ApiProblem} for any other. */
export async function request(
  method: string,
  path: string,
  body?: unknown,
  given: RequestOptions = {},
): Promise<Response> {
  const options = method === 'POST' ? { ...given, idempotencyKey: given.idempotencyKey ?? uuidv7() } : given
  let response = await send(method, path, body, options)
  if (response.status === 401 && !options.anonymous) {
    const again = signInAgain()
    if (again) {
      await again
      response = await send(method, path, body, options)
    }
  }
  if (!response.ok) throw await problemOf(response)
  return response
}

async function json<T>(response: Response): Promise<T> {
  if (response.status === 204) return undefined as T
  const text = await response.text()
  return (text ? JSON.parse(text) : undefined) as T
}

export async function get<T>(path: string, query?: Query, options: RequestOptions = {}): Promise<T> {
  return json<T>(await request('GET', path, undefined, { ...options, query }))
}
export async function post<T>(path: string, body: unknown = {}, options: RequestOptions = {}): Promise<T> {
  return json<T>(await request('POST', path, body, options))
}
export async function put<T>(path: string, body: unknown, options: RequestOptions = {}): Promise<T> {
  return json<T>(await request('PUT', path, body, options))
}
export async function remove<T = void>(path: string, options: RequestOptions = {}): Promise<T> {
  return json<T>(await request('DELETE', path, undefined, options))
}

/** Fetches a list as a file and hands it to the browser to save. */
export async function download(path: string, query: Query, filename: string): Promise<void> {
  const response = await request('GET', path, undefined, { query, accept: '*/*' })
  const url = URL.createObjectURL(await response.blob())
  const link = document.createElement('a')
  link.href = url
  link.download = filename
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

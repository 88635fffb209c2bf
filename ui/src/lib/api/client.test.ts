import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { get, onSessionEnded, post, put, setCsrfToken } from './client'
import { parseEventStream, subjectOf } from './events'
import { ApiProblem } from './problem'
import { uuidv7 } from './uuid'

const calls: { url: string; init: RequestInit }[] = []
let answers: Response[] = []

beforeEach(() => {
  calls.length = 0
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    calls.push({ url, init })
    const answer = answers.shift()
    return answer ? Promise.resolve(answer) : Promise.reject(new TypeError('network'))
  })
})
afterEach(() => {
  onSessionEnded(null)
  vi.unstubAllGlobals()
})

const header = (index: number, name: string) => new Headers(calls[index]?.init.headers).get(name)
const json = (status: number, body: unknown) => new Response(JSON.stringify(body), { status })

describe('client', () => {
  it('sends token, key and version', async () => {
    setCsrfToken('tok')
    answers = [json(200, {}), json(200, {}), json(200, {})]
    await get('/orders', { q: 'a b', status: '', limit: 5 })
    await post('/orders/x/approve', { note: '' })
    await put('/orders/x', {}, { version: 7 })
    expect(calls[0]?.url).toBe('/api/v1/orders?q=a+b&limit=5')
    expect(header(0, 'X-CSRF-Token')).toBeNull()
    expect(header(1, 'X-CSRF-Token')).toBe('tok')
    expect(header(1, 'Idempotency-Key')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/)
    expect(header(2, 'If-Match')).toBe('"7"')
  })

  it('turns a problem document into a typed error', async () => {
    answers = [
      json(422, {
        type: 'invalid',
        title: '内容有误',
        detail: '第 3 行数量必须大于 0',
        status: 422,
        errors: [{ pointer: '/lines/2/quantity', code: 'too_small', message: '必须大于 0' }],
      }),
    ]
    const error = await post('/orders').catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(ApiProblem)
    expect((error as ApiProblem).errors[0]?.pointer).toBe('/lines/2/quantity')
    expect((error as ApiProblem).transient).toBe(false)
  })

  it('asks once to sign in again and sends the waiting requests once more under their keys', async () => {
    const ask = vi.fn(() => Promise.resolve())
    onSessionEnded(ask)
    answers = [json(401, {}), json(401, {}), json(200, { a: 1 }), json(200, { b: 2 })]
    const both = await Promise.all([post('/x'), post('/y')])
    expect(both).toEqual([{ a: 1 }, { b: 2 }])
    expect(ask).toHaveBeenCalledTimes(1)
    expect(header(0, 'Idempotency-Key')).toBe(header(2, 'Idempotency-Key'))
  })

  it('says offline when nothing answers', async () => {
    answers = []
    const error = (await get('/x').catch((caught: unknown) => caught)) as ApiProblem
    expect(error.status).toBe(0)
    expect(error.transient).toBe(true)
  })
})

describe('uuidv7', () => {
  it('sorts by time and has its version and variant', () => {
    expect(uuidv7(1_700_000_000_000) < uuidv7(1_700_000_000_001)).toBe(true)
    expect(uuidv7()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })
})

describe('event stream', () => {
  it('keeps an unfinished message for the next piece', () => {
    const first = parseEventStream('id: 4\nevent: x\ndata: {"a":1}\n\n: beat\n\nid: 5\ndata: {"b"')
    expect(first.messages).toEqual([{ id: '4', event: 'x', data: '{"a":1}' }])
    expect(parseEventStream(`${first.rest}:2}\n\n`).messages).toEqual([{ id: '5', event: '', data: '{"b":2}' }])
  })
  it('finds noun and id', () => {
    expect(subjectOf({ id: '1', type: 'OrderApproved', subject: 'orders/abc' })).toEqual({ noun: 'order', id: 'abc' })
    expect(subjectOf({ id: '1', type: 'x', subject: 'follow-ups/f1' })).toEqual({ noun: 'follow_up', id: 'f1' })
    expect(subjectOf({ id: '1', type: 'OrderApproved', subject: 'abc' })).toEqual({ noun: 'order', id: 'abc' })
  })
})

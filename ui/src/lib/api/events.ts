/**
 * The event stream: what happens in the company, as it happens. Read with fetch, so that the language and the last
 * position travel as headers; quiet while the tab is hidden, resumed from the last position when it is seen again.
 */
import type { QueryClient } from '@tanstack/react-query'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { UNREAD } from '../unread'
import { address } from './client'

/** CloudEvents 1.0 in JSON, as far as the interface needs it. */
export interface CloudEvent {
  id: string
  type: string
  subject?: string
  time?: string
  data?: { subject_kind?: string; subject_id?: string; order_id?: string } & Record<string, unknown>
}

/** Splits an event-stream text into its messages; what is left over is an unfinished one. */
export function parseEventStream(buffer: string): {
  messages: { id: string; event: string; data: string }[]
  rest: string
} {
  const normal = buffer.replace(/\r\n?/g, '\n')
  const parts = normal.split('\n\n')
  const rest = parts.pop() ?? ''
  const messages: { id: string; event: string; data: string }[] = []
  for (const part of parts) {
    let id = ''
    let event = ''
    const data: string[] = []
    for (const line of part.split('\n')) {
      if (line.startsWith('id:')) id = line.slice(3).trim()
      else if (line.startsWith('event:')) event = line.slice(6).trim()
      else if (line.startsWith('data:')) data.push(line.slice(5).replace(/^ /, ''))
    }
    if (data.length > 0) messages.push({ id, event, data: data.join('\n') })
  }
  return { messages, rest }
}

/** Which queries an event of a noun makes old, by the first part of their key. */
const TOUCHES: Record<string, string[]> = {
  order: ['orders', 'exceptions', 'changes', 'clocks', 'my-work', 'dashboard', 'customers', 'stock', 'quotas'],
  shipment: ['shipments', 'orders', 'stock', 'my-work', 'dashboard'],
  invoice: ['invoices', 'orders', 'customers', 'my-work', 'dashboard'],
  payment: ['payments', 'orders', 'invoices', 'customers', 'my-work', 'dashboard'],
  follow_up: ['follow-ups', 'orders', 'my-work'],
  customer: ['customers'],
  product: ['products'],
  price: ['prices', 'products'],
  exchange_rate: ['exchange-rates', 'orders'],
  stock: ['stock', 'products', 'orders', 'lots', 'tag-reads'],
  warehouse: ['warehouses', 'stock'],
  bin: ['warehouses', 'stock'],
  transfer: ['transfers', 'stock', 'lots'],
  stock_count: ['stock-counts', 'stock', 'lots'],
  user: ['users'],
  role: ['roles', 'users'],
  company: ['company'],
  import: ['imports'],
  attachment: ['orders', 'shipments', 'tasks'],
  calendar: ['calendars', 'clocks', 'orders', 'my-work'],
  absence: ['absences'],
  delivery: ['deliveries'],
  webhook: ['webhooks'],
  robot: ['robots'],
  template: ['notification-templates'],
  mail_settings: ['mail-settings'],
  task: ['tasks', 'workers', 'my-work'],
  worker: ['workers', 'tasks'],
  skill: ['workers'],
  task_kind: ['workers'],
  blueprint: ['blueprints'],
  intake_phrase: ['intake-phrases'],
  portal_user: ['portal-users'],
  quotation: ['quotations', 'orders', 'my-work'],
  contract: ['contracts', 'orders'],
  agent: ['agents', 'agency'],
  quota: ['quotas'],
  supplier: ['suppliers'],
  purchase: ['purchases', 'suppliers', 'stock'],
  inquiry: ['inquiries', 'my-work'],
}

/** Noun and id of what an event is about: `subject` is `orders/{id}` or `order/{id}`, the type begins with the noun. */
export function subjectOf(event: CloudEvent): { noun: string; id: string } {
  const parts = (event.subject ?? '').split('/').filter(Boolean)
  const noun = event.data?.subject_kind ?? (parts.length > 1 ? (parts.at(-2) ?? '') : '')
  const id = event.data?.subject_id ?? parts.at(-1) ?? ''
  if (noun) return { noun: noun.replace(/ies$/, 'y').replace(/s$/, '').replace('-', '_'), id }
  const type = (event.type.split('.').at(-1) ?? '').replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase()
  const known = Object.keys(TOUCHES).find(name => type.startsWith(name) || event.type.includes(`${name}.`))
  return { noun: known ?? '', id }
}

type Listener = (change: { noun: string; id: string }) => void
const listeners = new Set<Listener>()
/** Tells `listener` of each change others or this person made; gives the way to stop. */
export function onChange(listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** People are told of an event right after it, not with it. */
const TOLD_AFTER = 1500

class Refresher {
  private stale = new Set<string>()
  private timer: ReturnType<typeof setTimeout> | undefined
  private told: ReturnType<typeof setTimeout> | undefined
  constructor(private readonly client: QueryClient) {}

  take(event: CloudEvent): void {
    const change = subjectOf(event)
    for (const listener of listeners) listener(change)
    for (const key of TOUCHES[change.noun] ?? ['orders', 'my-work']) this.stale.add(key)
    this.stale.add('audit')
    this.timer ??= setTimeout(() => this.flush(), 400)
    this.told ??= setTimeout(() => this.tell(), TOLD_AFTER)
  }

  private flush(): void {
    this.timer = undefined
    for (const key of this.stale) void this.client.invalidateQueries({ queryKey: [key] })
    this.stale.clear()
  }

  /** How much is unread comes with the stream; the list of notifications is read again where it is shown. */
  unread(count: number): void {
    this.client.setQueryData(UNREAD, { count })
    void this.client.invalidateQueries({
      queryKey: ['notifications'],
      predicate: query => query.queryKey[1] !== UNREAD[1],
    })
  }

  private tell(): void {
    this.told = undefined
    void this.client.invalidateQueries({ queryKey: ['deliveries'] })
  }

  stop(): void {
    clearTimeout(this.told)
    clearTimeout(this.timer)
  }
}

async function readStream(
  signal: AbortSignal,
  last: { id: string },
  take: (event: CloudEvent) => void,
  unread: (count: number) => void,
): Promise<void> {
  const headers: Record<string, string> = { Accept: 'text/event-stream' }
  if (last.id) headers['Last-Event-ID'] = last.id
  const response = await fetch(address('/events?unread=true'), { headers, signal, credentials: 'same-origin' })
  if (!response.ok || !response.body) throw new Error(`events ${response.status}`)
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  let buffer = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    const { messages, rest } = parseEventStream(buffer + value)
    buffer = rest
    for (const message of messages) {
      if (message.id) last.id = message.id
      try {
        if (message.event === 'unread') unread((JSON.parse(message.data) as { count: number }).count)
        else take(JSON.parse(message.data) as CloudEvent)
      } catch {
        // A message that is not JSON (a comment, a greeting) changes nothing.
      }
    }
  }
}

/** Keeps every list and page up to date while mounted. */
export function useEventStream(): void {
  const client = useQueryClient()
  useEffect(() => {
    const refresher = new Refresher(client)
    const last = { id: '' }
    let controller: AbortController | null = null
    let retry: ReturnType<typeof setTimeout> | undefined
    let wait = 1000

    const connect = async () => {
      if (controller || document.hidden) return
      const mine = new AbortController()
      controller = mine
      try {
        await readStream(
          mine.signal,
          last,
          event => {
            wait = 1000
            refresher.take(event)
          },
          count => refresher.unread(count),
        )
      } catch {
        // Ended or refused: tried again below, later each time.
      }
      if (controller !== mine) return
      controller = null
      retry = setTimeout(connect, wait)
      wait = Math.min(wait * 2, 30_000)
    }
    const seen = () => {
      clearTimeout(retry)
      if (document.hidden) {
        const mine = controller
        controller = null
        mine?.abort()
      } else void connect()
    }
    void connect()
    document.addEventListener('visibilitychange', seen)
    return () => {
      document.removeEventListener('visibilitychange', seen)
      clearTimeout(retry)
      const mine = controller
      controller = null
      mine?.abort()
      refresher.stop()
    }
  }, [client])
}

/** What is behind the page of an order being entered: its content, its draft, what the server says of it, and how it is sent. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type Dispatch, useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get } from '@/lib/api/client'
import type { Customer, Order, Page, Warehouse } from '@/lib/api/types'
import { readDraft, useDraftSaver } from '@/lib/drafts'
import { useMessage } from '@/lib/message'
import { useSession } from '@/lib/session'
import { useUrlState } from '@/lib/url-state'
import { useCustomer } from '../queries'
import { changed, type Entry, type EntryChange, emptyEntry, fromOrder, hasContent, linesOf } from './model'
import { useCheck } from './useCheck'
import { useSave } from './useSave'

/** Where the entry begins: what was typed here before and not sent, else the order, else an empty form. */
function useStart(order: Order | null, draftKey: string) {
  return useState(() => {
    const draft = readDraft<{ entry: Entry; version: number | null }>(draftKey)
    const stored = draft && draft.value.version === (order?.version ?? null) ? draft : null
    return { entry: stored?.value.entry ?? (order ? fromOrder(order) : emptyEntry()), restoredAt: stored?.at ?? null }
  })
}

/** The content, kept in this browser until it is sent. */
function useContent(order: Order | null) {
  const draftKey = order ? `order.${order.id}` : 'order.new'
  const [start, setStart] = useStart(order, draftKey)
  const [entry, dispatch] = useReducer(changed, start.entry)
  const { save: keep, drop } = useDraftSaver<{ entry: Entry; version: number | null }>(draftKey)
  const version = order?.version ?? null
  useEffect(() => {
    if (entry !== start.entry && hasContent(entry)) keep({ entry, version })
  }, [entry, start.entry, keep, version])
  const startOver = () => {
    drop()
    const fresh = order ? fromOrder(order) : emptyEntry()
    setStart({ entry: fresh, restoredAt: null })
    dispatch({ kind: 'all', entry: fresh })
  }
  return { entry, dispatch, drop, startOver, restoredAt: start.restoredAt }
}

/** Chooses a customer with all they bring along; the address may name one to begin with. */
function useCustomerChoice(order: Order | null, entry: Entry, dispatch: Dispatch<EntryChange>) {
  const client = useQueryClient()
  const [url] = useUrlState()
  const choose = useCallback(
    async (id: string) => {
      const query = { queryKey: ['customers', 'one', id], queryFn: () => get<Customer>(`/customers/${id}`) }
      const customer = await client.fetchQuery(query).catch(() => null)
      if (customer) dispatch({ kind: 'customer', customer })
    },
    [client, dispatch],
  )
  const asked = useRef(false)
  useEffect(() => {
    if (asked.current || order || !url.customer || entry.head.customer) return
    asked.current = true
    void choose(url.customer)
  }, [url.customer, order, entry.head.customer, choose])
  return choose
}

/** Puts the keyboard on the first field that is wrong. */
function toFirstProblem(): void {
  requestAnimationFrame(() => {
    const wrong = document.querySelector<HTMLElement>(
      '.head-field.wrong input, .head-field.wrong textarea, .entry-row.wrong input',
    )
    wrong?.scrollIntoView({ block: 'center' })
    wrong?.focus()
  })
}

export function useEntry(order: Order | null) {
  const { t } = useTranslation()
  const message = useMessage()
  const client = useQueryClient()
  const { entry, dispatch, drop, startOver, restoredAt } = useContent(order)
  const { checked, checking } = useCheck(entry, order?.id)
  const chooseCustomer = useCustomerChoice(order, entry, dispatch)
  useDefaults(entry, dispatch)
  const saving = useSave(order, entry, drop)
  /** Only after an attempt are fields that nobody touched called wrong. */
  const [attempted, setAttempted] = useState(false)
  const headErrors = useMemo(() => {
    const found = [...checked.head].filter(([key]) => attempted || entry.touched.includes(key))
    return new Map([...found, ...saving.errors.head])
  }, [attempted, checked.head, saving.errors, entry.touched])
  const shown = useMemo(() => {
    if (saving.errors.lines.size === 0) return checked
    return { ...checked, lineErrors: new Map([...saving.errors.lines, ...checked.lineErrors]) }
  }, [checked, saving.errors])

  const jump = () => {
    setAttempted(true)
    toFirstProblem()
  }
  const submit = () => {
    setAttempted(true)
    if (!entry.head.customer) document.querySelector<HTMLElement>('.entry-customer input')?.focus()
    // What the check has found already need not be sent to be refused.
    else if (!checking && checked.count > 0) jump()
    else saving.run('submit', jump)
  }
  const copyLines = async (id: string) => {
    const query = { queryKey: ['orders', 'one', id], queryFn: () => get<Order>(`/orders/${id}`) }
    const source = await client.fetchQuery(query).catch(() => null)
    if (!source) return
    dispatch({ kind: 'add', lines: linesOf(source).map(line => ({ ...line, price: '' })) })
    void message.success(t('order:entry.lines_added', { count: source.lines.length }))
  }
  return {
    entry,
    dispatch,
    startOver,
    restoredAt,
    customer: useCustomer(entry.head.customer?.id ?? '').data,
    chooseCustomer,
    copyLines,
    checked: shown,
    checking,
    headErrors,
    problems: headErrors.size + shown.lineErrors.size,
    customerMissing: attempted && !entry.head.customer,
    jump,
    submit,
    save: () => saving.run('save', jump),
    busy: saving.busy,
  }
}

/** The first active warehouse, and the person as rep if they sell. */
function useDefaults(entry: Entry, dispatch: Dispatch<EntryChange>) {
  const { session } = useSession()
  const { data } = useQuery({
    queryKey: ['warehouses', 'pick', ''],
    queryFn: () => get<Page<Warehouse>>('/warehouses', { limit: 50 }),
  })
  const missing = entry.head.warehouse === null
  const first = data?.items.find(item => item.active) ?? data?.items[0]
  useEffect(() => {
    if (missing && first) dispatch({ kind: 'head', change: { warehouse: { id: first.id, name: first.name } } })
  }, [missing, first, dispatch])
  const sells = session.user.roles.some(role => role.code === 'sales_rep')
  const repMissing = entry.head.rep === null && !entry.touched.includes('rep')
  useEffect(() => {
    if (sells && repMissing)
      dispatch({ kind: 'head', change: { rep: { id: session.user.id, name: session.user.name } } })
  }, [sells, repMissing, session.user, dispatch])
}

/** Order entry on one page: the customer first, then lines by keyboard, checked as they are typed; also edits a draft. */
import { SnippetsOutlined } from '@ant-design/icons'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button } from 'antd'
import { lazy, Suspense, useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import { ErrorState } from '@/components/ErrorState'
import { PageHead } from '@/components/PageHead'
import { PageSkeleton } from '@/components/PageSkeleton'
import { Pick } from '@/components/Pick'
import { get } from '@/lib/api/client'
import type { Order, Page, Warehouse } from '@/lib/api/types'
import { readDraft, useDraftSaver } from '@/lib/drafts'
import { formatInstant } from '@/lib/format'
import { useShortcuts } from '@/lib/keyboard'
import { useCan, useSession } from '@/lib/session'
import { useUrlState } from '@/lib/url-state'
import { useCustomer, useOrder } from '../queries'
import { EntryFoot } from './EntryFoot'
import { EntryRail } from './EntryRail'
import { LineGrid } from './LineGrid'
import { changed, type Entry, emptyEntry, fromOrder, hasContent, linesOf, sentLines } from './model'
import { useCheck } from './useCheck'
import { useSave } from './useSave'
import '../order.css'
import './entry.css'
import { useMessage } from '@/lib/message'

/** Comes with the customer: its fields are not needed before there is one. */
const HeadForm = lazy(() => import('./HeadForm').then(module => ({ default: module.HeadForm })))
const PasteDialog = lazy(() => import('./PasteDialog'))

export function OrderEntryPage() {
  const { id } = useParams()
  return id ? <EditDraft id={id} /> : <Entering key="new" order={null} />
}

function EditDraft({ id }: { id: string }) {
  const { t } = useTranslation()
  const query = useOrder(id)
  const [first, setFirst] = useState<Order | null>(null)
  if (query.data && !first) setFirst(query.data)
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  if (!first) return <PageSkeleton />
  if (first.status !== 'draft') {
    return <Alert type="info" showIcon title={t('order:entry.not_draft')} style={{ margin: 20 }} />
  }
  return <Entering key={first.id} order={first} />
}

/** Where the entry begins: what was typed here before and not sent, else the order, else an empty form. */
function useStart(order: Order | null, draftKey: string) {
  return useState(() => {
    const draft = readDraft<{ entry: Entry; version: number | null }>(draftKey)
    const stored = draft && draft.value.version === (order?.version ?? null) ? draft : null
    return { entry: stored?.value.entry ?? (order ? fromOrder(order) : emptyEntry()), restoredAt: stored?.at ?? null }
  })
}

function Entering({ order }: { order: Order | null }) {
  const { t } = useTranslation()
  const { session, can } = useSession()
  const message = useMessage()
  const navigate = useNavigate()
  const client = useQueryClient()
  const [url] = useUrlState()
  const draftKey = order ? `order.${order.id}` : 'order.new'
  const [start, setStart] = useStart(order, draftKey)
  const [entry, dispatch] = useReducer(changed, start.entry)
  const { save: keep, drop } = useDraftSaver<{ entry: Entry; version: number | null }>(draftKey)
  const { checked, checking } = useCheck(entry)
  const [attempted, setAttempted] = useState(false)
  const [pasted, setPasted] = useState<string | null>(null)
  const customer = useCustomer(entry.head.customer?.id ?? '').data
  const maySubmit = useCan('order.submit')

  const version = order?.version ?? null
  useEffect(() => {
    if (entry !== start.entry && hasContent(entry)) keep({ entry, version })
  }, [entry, start.entry, keep, version])

  const chooseCustomer = useCallback(
    async (id: string) => {
      const chosen = await client
        .fetchQuery({
          queryKey: ['customers', 'one', id],
          queryFn: () => get<import('@/lib/api/types').Customer>(`/customers/${id}`),
        })
        .catch(() => null)
      if (chosen) dispatch({ kind: 'customer', customer: chosen })
    },
    [client],
  )
  useDefaults(entry, dispatch)
  const asked = useRef(false)
  useEffect(() => {
    if (asked.current || order || !url.customer || entry.head.customer) return
    asked.current = true
    void chooseCustomer(url.customer)
  }, [url.customer, order, entry.head.customer, chooseCustomer])

  const saving = useSave(order, entry, drop)
  const errors = useMemo(() => {
    const sent = saving.errors
    if (!attempted) return new Map([...sent.head, ...[...checked.head].filter(([key]) => entry.touched.includes(key))])
    return new Map([...checked.head, ...sent.head])
  }, [attempted, checked.head, saving.errors, entry.touched])
  const shown = useMemo(
    () =>
      saving.errors.lines.size > 0
        ? { ...checked, lineErrors: new Map([...saving.errors.lines, ...checked.lineErrors]) }
        : checked,
    [checked, saving.errors],
  )
  const problems = errors.size + shown.lineErrors.size
  const jump = () => {
    setAttempted(true)
    requestAnimationFrame(() => {
      const wrong = document.querySelector<HTMLElement>(
        '.head-field.wrong input, .head-field.wrong textarea, .entry-row.wrong input',
      )
      wrong?.scrollIntoView({ block: 'center' })
      wrong?.focus()
    })
  }
  const submit = () => {
    setAttempted(true)
    if (!entry.head.customer) {
      document.querySelector<HTMLElement>('.entry-customer input')?.focus()
      return
    }
    // What the check has found already need not be sent to be refused.
    if (!checking && checked.count > 0) jump()
    else saving.run('submit', jump)
  }
  useShortcuts([
    { keys: 'mod+s', label: 'order:entry.save', run: () => saving.run('save', jump), inFields: true },
    ...(maySubmit ? [{ keys: 'mod+Enter', label: 'order:entry.submit', run: submit, inFields: true }] : []),
  ])
  const copyLines = async (id: string) => {
    const source = await client.fetchQuery({
      queryKey: ['orders', 'one', id],
      queryFn: () => get<Order>(`/orders/${id}`),
    })
    dispatch({ kind: 'add', lines: linesOf(source).map(line => ({ ...line, price: '' })) })
    void message.success(t('order:entry.lines_added', { count: source.lines.length }))
  }
  const startOver = () => {
    drop()
    const fresh = order ? fromOrder(order) : emptyEntry()
    setStart({ entry: fresh, restoredAt: null })
    dispatch({ kind: 'all', entry: fresh })
  }
  return (
    <div className="entry-page">
      <PageHead
        title={
          order
            ? order.number
              ? t('order:entry.edit', { number: order.number })
              : t('order:entry.edit_draft')
            : t('order:new')
        }
      >
        <Button onClick={() => void navigate(order ? `/orders/${order.id}` : '/orders')}>{t('common:back')}</Button>
      </PageHead>
      {start.restoredAt && (
        <Alert
          className="gap-below"
          type="info"
          showIcon
          title={t('common:draft.restored', { at: formatInstant(new Date(start.restoredAt).toISOString()) })}
          action={
            <Button size="small" onClick={startOver}>
              {t('common:draft.discard')}
            </Button>
          }
        />
      )}
      <div className="entry-columns">
        <div className="entry-main">
          <section className="card entry-top">
            <div className="entry-customer">
              <label htmlFor="entry-customer">{t('order:field.customer')}</label>
              <Pick
                id="entry-customer"
                kind="customer"
                autoFocus={!entry.head.customer}
                clearable={false}
                placeholder={t('order:entry.find_customer')}
                known={entry.head.customer}
                value={entry.head.customer?.id ?? null}
                status={attempted && !entry.head.customer ? 'error' : undefined}
                onChange={id => {
                  if (!id) return
                  void chooseCustomer(id).then(() =>
                    document.querySelector<HTMLElement>('[data-line="0"] [data-cell="product"]')?.focus(),
                  )
                }}
              />
            </div>
            {entry.head.customer && (
              <Suspense fallback={<div className="bone" style={{ height: 120, marginTop: 12 }} />}>
                <HeadForm head={entry.head} customer={customer} errors={errors} dispatch={dispatch} />
              </Suspense>
            )}
          </section>
          <section className="card entry-lines-card">
            <header className="card-head">
              <h2>{t('order:line.title')}</h2>
              <span className="soft entry-hint">{t('order:entry.hint')}</span>
              <span className="grow" />
              <PasteButton onText={setPasted} />
            </header>
            <LineGrid
              lines={entry.lines}
              checked={shown}
              currency={customer?.currency ?? session.company.currency}
              dispatch={dispatch}
              onPaste={setPasted}
            />
          </section>
        </div>
        <aside className="entry-rail">
          {entry.head.customer && !customer ? (
            <PageSkeleton lines={4} />
          ) : (
            <EntryRail
              customer={customer}
              credit={checked.credit}
              payable={checked.totals?.payable.amount}
              except={order?.id}
              onCopyLines={id => void copyLines(id)}
            />
          )}
        </aside>
      </div>
      <EntryFoot
        head={entry.head}
        lineCount={sentLines(entry).length}
        checked={checked}
        checking={checking}
        problems={problems}
        busy={saving.busy}
        maySubmit={maySubmit && can('order.create')}
        dispatch={dispatch}
        onProblems={jump}
        onSave={() => saving.run('save', jump)}
        onSubmit={submit}
      />
      {pasted !== null && (
        <Suspense fallback={null}>
          <PasteDialog
            text={pasted}
            onClose={() => setPasted(null)}
            onAdd={lines => {
              dispatch({ kind: 'add', lines })
              setPasted(null)
            }}
          />
        </Suspense>
      )}
    </div>
  )
}

/** The first active warehouse, and the person as rep if they sell. */
function useDefaults(entry: Entry, dispatch: (change: Parameters<typeof changed>[1]) => void) {
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

/** Pasting by button, where no keyboard is at hand. */
function PasteButton({ onText }: { onText: (text: string) => void }) {
  const { t } = useTranslation()
  const message = useMessage()
  const read = () => {
    const clipboard = navigator.clipboard
    if (!clipboard?.readText) {
      void message.info(t('order:paste.how'))
      return
    }
    clipboard.readText().then(
      text => (text.trim() === '' ? void message.info(t('order:paste.how')) : onText(text)),
      () => void message.info(t('order:paste.how')),
    )
  }
  return (
    <Button size="small" icon={<SnippetsOutlined />} onClick={read}>
      {t('order:paste.button')}
    </Button>
  )
}

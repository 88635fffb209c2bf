/** A quotation being written: the customer first, then the lines of the order form with prices as they are typed. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { lazy, Suspense, useEffect, useReducer, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import { ErrorState } from '@/components/ErrorState'
import { PageHead } from '@/components/PageHead'
import { PageSkeleton } from '@/components/PageSkeleton'
import { Pick } from '@/components/Pick'
import { LineGrid } from '@/features/order/entry/LineGrid'
import { changed, type EntryHead, emptyEntry, sentLines } from '@/features/order/entry/model'
import { sortErrors, useCheck } from '@/features/order/entry/useCheck'
import { get, post, put } from '@/lib/api/client'
import { ApiProblem } from '@/lib/api/problem'
import type { Customer, Quotation, QuotationState } from '@/lib/api/types'
import { uuidv7 } from '@/lib/api/uuid'
import { formatMoney } from '@/lib/format'
import { useMessage } from '@/lib/message'
import { useSession } from '@/lib/session'
import { useProblemText } from '@/lib/step'
import { useUrlState } from '@/lib/url-state'
import { emptyTerms, entryOf, sentOf, type Terms, termsOf } from './model'
import { useQuotation, useRefreshQuotations } from './queries'
import '@/features/order/order.css'
import '@/features/order/entry/entry.css'
import './quotation.css'

/** Comes with the customer: its fields are not needed before there is one. */
const HeadFields = lazy(() => import('./HeadFields'))
const PasteDialog = lazy(() => import('@/features/order/entry/PasteDialog'))

export function NewQuotation() {
  return <Form quotation={null} />
}

export function EditQuotation() {
  const { id = '' } = useParams()
  const query = useQuotation(id)
  const [first, setFirst] = useState<Quotation | null>(null)
  if (query.data && !first) setFirst(query.data)
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  if (!first) return <PageSkeleton />
  return <Form key={first.id} quotation={first} />
}

type Errors = ReturnType<typeof sortErrors>
const NONE: Errors = { head: new Map(), lines: new Map() }

function Form({ quotation }: { quotation: Quotation | null }) {
  const { t } = useTranslation()
  const { session } = useSession()
  const navigate = useNavigate()
  const [entry, dispatch] = useReducer(changed, quotation, from => (from ? entryOf(from) : emptyEntry()))
  const [terms, setTerms] = useState<Terms>(() => (quotation ? termsOf(quotation) : emptyTerms()))
  const [pasted, setPasted] = useState<string | null>(null)
  const { checked } = useCheck(entry)
  const save = useSave(quotation)
  const customer = useCustomerOf(entry.head.customer?.id ?? '', quotation === null, picked =>
    dispatch({ kind: 'customer', customer: picked }),
  )
  const choose = useChooser(picked => dispatch({ kind: 'customer', customer: picked }))
  const head = entry.head
  const set = (change: Partial<EntryHead>) => dispatch({ kind: 'head', change })
  const run = (submit: boolean) =>
    void save.run(
      sentOf(entry, terms),
      sentLines(entry).map(line => line.key),
      submit,
    )
  const shown = { ...checked, lineErrors: save.errors.lines }
  const ready = head.customer !== null
  const title = quotation
    ? `${quotation.number} ${t('quotation:revision', { no: quotation.revision })}`
    : t('quotation:new')
  return (
    <div className="entry-page">
      <PageHead title={title}>
        <Button onClick={() => void navigate(quotation ? `/quotations/${quotation.id}` : '/quotations')}>
          {t('common:back')}
        </Button>
      </PageHead>
      <div className="entry-main">
        <section className="card entry-top">
          <div className="entry-customer">
            <label htmlFor="quotation-customer">{t('quotation:field.customer')}</label>
            <Pick
              id="quotation-customer"
              kind="customer"
              autoFocus={!head.customer}
              clearable={false}
              placeholder={t('order:entry.find_customer')}
              known={head.customer}
              value={head.customer?.id ?? null}
              status={save.errors.head.has('customer_id') ? 'error' : undefined}
              onChange={id => id && void choose(id)}
            />
          </div>
          {ready && (
            <Suspense fallback={<div className="bone" style={{ height: 120, marginTop: 12 }} />}>
              <HeadFields head={head} terms={terms} errors={save.errors.head} set={set} setTerms={setTerms} />
            </Suspense>
          )}
        </section>
        <section className="card">
          <header className="card-head">
            <h2>{t('order:line.title')}</h2>
            <span className="soft entry-hint">{t('order:entry.hint')}</span>
          </header>
          <LineGrid
            lines={entry.lines}
            checked={shown}
            currency={customer?.currency ?? quotation?.currency ?? session.company.currency}
            dispatch={dispatch}
            onPaste={setPasted}
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
        </section>
      </div>
      <footer className="entry-foot">
        <span className="soft entry-lines">{t('order:line.count', { count: sentLines(entry).length })}</span>
        <span className="grow" />
        <span className="figure total">
          <span className="soft">{t('order:money.payable')}</span>
          <span className="mono">{formatMoney(checked.totals?.payable)}</span>
        </span>
        <span className="row entry-buttons">
          <Button disabled={!ready || save.busy} onClick={() => run(false)}>
            {t('quotation:save')}
          </Button>
          <Button type="primary" disabled={!ready} loading={save.busy} onClick={() => run(true)}>
            {t('quotation:verb.submit')}
          </Button>
        </span>
      </footer>
    </div>
  )
}

const customerQuery = (id: string) => ({
  queryKey: ['customers', 'one', id],
  queryFn: () => get<Customer>(`/customers/${id}`),
})

/** Chooses a customer with all they bring along. */
function useChooser(onPicked: (customer: Customer) => void) {
  const client = useQueryClient()
  return async (id: string) => {
    const customer = await client.fetchQuery(customerQuery(id)).catch(() => null)
    if (customer) onPicked(customer)
  }
}

/** The chosen customer; the address may name one to begin with. */
function useCustomerOf(id: string, fresh: boolean, onPicked: (customer: Customer) => void): Customer | undefined {
  const [url] = useUrlState()
  const asked = useRef(false)
  const choose = useChooser(onPicked)
  useEffect(() => {
    if (asked.current || !fresh || id !== '' || !url.customer) return
    asked.current = true
    void choose(url.customer)
  })
  return useQuery({ ...customerQuery(id), enabled: id !== '' }).data
}

/** Keeps the draft, and submits it where that is wanted; the same content tried again makes no second one. */
function useSave(quotation: Quotation | null) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const message = useMessage()
  const problemText = useProblemText()
  const refresh = useRefreshQuotations()
  const [busy, setBusy] = useState(false)
  const [errors, setErrors] = useState<Errors>(NONE)
  const known = useRef<{ id: string; version: number } | null>(quotation)
  const attempt = useRef({ content: '', key: '' })
  const keep = async (sent: object): Promise<QuotationState> => {
    if (known.current) {
      return put<QuotationState>(`/quotations/${known.current.id}`, sent, { version: known.current.version })
    }
    const content = JSON.stringify(sent)
    if (attempt.current.content !== content) attempt.current = { content, key: uuidv7() }
    return post<QuotationState>('/quotations', sent, { idempotencyKey: attempt.current.key })
  }
  const run = async (sent: object, keys: string[], submit: boolean) => {
    setBusy(true)
    setErrors(NONE)
    try {
      const kept = await keep(sent)
      known.current = { id: kept.id, version: kept.version }
      if (submit) await post(`/quotations/${kept.id}/submit`, {})
      void message.success(t(submit ? 'quotation:did.submit' : 'quotation:did.edit'))
      refresh()
      void navigate(`/quotations/${kept.id}`)
    } catch (error) {
      if (error instanceof ApiProblem && error.errors.length > 0) setErrors(sortErrors(error.errors, keys))
      void message.error(problemText(error), 6)
    } finally {
      setBusy(false)
    }
  }
  return { busy, errors, run }
}

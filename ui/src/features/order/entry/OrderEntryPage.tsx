/** Order entry on one page: the customer first, then lines by keyboard, checked as they are typed; also edits a draft. */
import { SnippetsOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import { ErrorState } from '@/components/ErrorState'
import { Notice } from '@/components/Notice'
import { PageHead } from '@/components/PageHead'
import { PageSkeleton } from '@/components/PageSkeleton'
import { Pick } from '@/components/Pick'
import type { Order } from '@/lib/api/types'
import { formatInstant } from '@/lib/format'
import { useShortcuts } from '@/lib/keyboard'
import { useMessage } from '@/lib/message'
import { useCan, useSession } from '@/lib/session'
import { useOrder } from '../queries'
import { EntryFoot } from './EntryFoot'
import { LineGrid } from './LineGrid'
import { sentLines } from './model'
import { useEntry } from './useEntry'
import '../order.css'
import './entry.css'

/** Comes with the customer: its fields are not needed before there is one. */
const HeadForm = lazy(() => import('./HeadForm').then(module => ({ default: module.HeadForm })))
const ContractField = lazy(() => import('./ContractField'))
const EntryRail = lazy(() => import('./EntryRail').then(module => ({ default: module.EntryRail })))
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
    return <Notice type="info" showIcon title={t('order:entry.not_draft')} style={{ margin: 20 }} />
  }
  return <Entering key={first.id} order={first} />
}

function Entering({ order }: { order: Order | null }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const maySubmit = useCan('order.submit')
  const maySeeContracts = useCan('contract.view')
  const form = useEntry(order)
  const { entry, dispatch } = form
  useShortcuts([
    { keys: 'mod+s', label: 'order:entry.save', run: form.save, inFields: true },
    ...(maySubmit ? [{ keys: 'mod+Enter', label: 'order:entry.submit', run: form.submit, inFields: true }] : []),
  ])
  const edited = order?.number ? t('order:entry.edit', { number: order.number }) : t('order:entry.edit_draft')
  return (
    <div className="entry-page">
      <PageHead title={order ? edited : t('order:new')}>
        <Button onClick={() => void navigate(order ? `/orders/${order.id}` : '/orders')}>{t('common:back')}</Button>
      </PageHead>
      {form.restoredAt && <Restored at={form.restoredAt} onDiscard={form.startOver} />}
      <div className="entry-columns">
        <div className="entry-main">
          <section className="card entry-top">
            <CustomerField form={form} />
            {entry.head.customer && (
              <Suspense fallback={<div className="bone" style={{ height: 120, marginTop: 12 }} />}>
                <HeadForm head={entry.head} customer={form.customer} errors={form.headErrors} dispatch={dispatch}>
                  {maySeeContracts && (
                    <Suspense fallback={null}>
                      <ContractField
                        head={entry.head}
                        contract={form.checked.contract}
                        proposed={form.checked.proposed}
                        errors={form.headErrors}
                        dispatch={dispatch}
                      />
                    </Suspense>
                  )}
                </HeadForm>
              </Suspense>
            )}
          </section>
          <LinesCard form={form} />
        </div>
        <aside className="entry-rail">
          {entry.head.customer && !form.customer ? (
            <PageSkeleton lines={4} />
          ) : (
            <Suspense fallback={<PageSkeleton lines={4} />}>
              <EntryRail
                customer={form.customer}
                credit={form.checked.credit}
                payable={form.checked.totals?.payable.amount}
                except={order?.id}
                onCopyLines={id => void form.copyLines(id)}
              />
            </Suspense>
          )}
        </aside>
      </div>
      <EntryFoot
        head={entry.head}
        lineCount={sentLines(entry).length}
        checked={form.checked}
        checking={form.checking}
        problems={form.problems}
        busy={form.busy}
        maySubmit={maySubmit}
        dispatch={dispatch}
        onProblems={form.jump}
        onSave={form.save}
        onSubmit={form.submit}
      />
    </div>
  )
}

type Form = ReturnType<typeof useEntry>

function Restored({ at, onDiscard }: { at: number; onDiscard: () => void }) {
  const { t } = useTranslation()
  return (
    <Notice
      className="gap-below"
      type="info"
      showIcon
      title={t('common:draft.restored', { at: formatInstant(new Date(at).toISOString()) })}
      action={
        <Button size="small" onClick={onDiscard}>
          {t('common:draft.discard')}
        </Button>
      }
    />
  )
}

function CustomerField({ form }: { form: Form }) {
  const { t } = useTranslation()
  const chosen = form.entry.head.customer
  return (
    <div className="entry-customer">
      <label htmlFor="entry-customer">{t('order:field.customer')}</label>
      <Pick
        id="entry-customer"
        kind="customer"
        autoFocus={!chosen}
        clearable={false}
        placeholder={t('order:entry.find_customer')}
        known={chosen}
        value={chosen?.id ?? null}
        status={form.customerMissing ? 'error' : undefined}
        onChange={id => {
          if (!id) return
          void form.chooseCustomer(id).then(() => {
            document.querySelector<HTMLElement>('[data-line="0"] [data-cell="product"]')?.focus()
          })
        }}
      />
    </div>
  )
}

function LinesCard({ form }: { form: Form }) {
  const { t } = useTranslation()
  const { session } = useSession()
  const [pasted, setPasted] = useState<string | null>(null)
  return (
    <section className="card entry-lines-card">
      <header className="card-head">
        <h2>{t('order:line.title')}</h2>
        <span className="soft entry-hint">{t('order:entry.hint')}</span>
        <span className="grow" />
        <PasteButton onText={setPasted} />
      </header>
      <LineGrid
        lines={form.entry.lines}
        checked={form.checked}
        currency={form.customer?.currency ?? session.company.currency}
        dispatch={form.dispatch}
        onPaste={setPasted}
      />
      {pasted !== null && (
        <Suspense fallback={null}>
          <PasteDialog
            text={pasted}
            onClose={() => setPasted(null)}
            onAdd={lines => {
              form.dispatch({ kind: 'add', lines })
              setPasted(null)
            }}
          />
        </Suspense>
      )}
    </section>
  )
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

/** An inquiry while somebody is on the phone: raw words at the left, the checklist at the right, marked as one types. */
import { useQuery } from '@tanstack/react-query'
import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import { Card } from '@/components/Card'
import { ErrorState } from '@/components/ErrorState'
import { PageHead } from '@/components/PageHead'
import { PageSkeleton } from '@/components/PageSkeleton'
import { Pick } from '@/components/Pick'
import type { Picked } from '@/components/picked'
import { post, put } from '@/lib/api/client'
import { ApiProblem } from '@/lib/api/problem'
import { CHANNELS, type Channel, type Inquiry, type InquiryCheck, type InquiryState } from '@/lib/api/types'
import { uuidv7 } from '@/lib/api/uuid'
import { useDebounced } from '@/lib/debounce'
import { useShortcuts } from '@/lib/keyboard'
import { useMessage } from '@/lib/message'
import { useProblemText } from '@/lib/step'
import { Checklist } from './Checklist'
import { useInquiry, useRefreshInquiries } from './queries'
import { Said } from './Said'
import { inHours, instantOf, QUICK } from './times'
import './inquiry.css'

interface Values {
  customer: Picked | null
  customer_name: string
  contact_name: string
  contact_phone: string
  channel: Channel
  received_at: string | null
  rep_id: string | null
  said: string
  items: Record<string, { value: string; attachment_id: string | null }>
  answer_by: string
}

const EMPTY: Values = {
  customer: null,
  customer_name: '',
  contact_name: '',
  contact_phone: '',
  channel: 'phone',
  received_at: null,
  rep_id: null,
  said: '',
  items: {},
  answer_by: '',
}

function valuesOf(inquiry: Inquiry): Values {
  const items = inquiry.items.map(item => [item.code, { value: item.value, attachment_id: item.attachment_id ?? null }])
  return {
    customer: inquiry.customer ?? null,
    customer_name: inquiry.customer ? '' : inquiry.customer_name,
    contact_name: inquiry.contact_name,
    contact_phone: inquiry.contact_phone,
    channel: inquiry.channel as Channel,
    received_at: inquiry.received_at,
    rep_id: inquiry.rep?.id ?? null,
    said: inquiry.said,
    items: Object.fromEntries(items),
    answer_by: '',
  }
}

/** What is sent; items that say nothing are left out. */
function sentOf(values: Values) {
  const items = Object.entries(values.items).filter(([, item]) => item.value.trim() !== '' || item.attachment_id)
  return {
    customer_id: values.customer?.id ?? '',
    customer_name: values.customer_name,
    contact_name: values.contact_name,
    contact_phone: values.contact_phone,
    channel: values.channel,
    received_at: values.received_at,
    rep_id: values.rep_id,
    said: values.said,
    items: items.map(([code, item]) => ({ code, ...item })),
    answer_by: instantOf(values.answer_by),
  }
}

export function NewInquiry() {
  return <Form inquiry={null} />
}

export function EditInquiry() {
  const { id = '' } = useParams()
  const query = useInquiry(id)
  const [first, setFirst] = useState<Inquiry | null>(null)
  if (query.data && !first) setFirst(query.data)
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  if (!first) return <PageSkeleton />
  return <Form key={first.id} inquiry={first} />
}

function Form({ inquiry }: { inquiry: Inquiry | null }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [values, setValues] = useState<Values>(() => (inquiry ? valuesOf(inquiry) : EMPTY))
  const change = (changed: Partial<Values>) => setValues(old => ({ ...old, ...changed }))
  const asked = useDebounced(JSON.stringify({ ...sentOf(values), answer_by: null }), 250)
  const checked = useQuery({
    queryKey: ['inquiries', 'check', asked],
    queryFn: () => post<InquiryCheck>('/inquiries/check', JSON.parse(asked)),
    placeholderData: previous => previous,
    retry: false,
    gcTime: 0,
  })
  const save = useSave(inquiry, values)
  useShortcuts([{ keys: 'mod+s', label: 'keys:save', run: save.run, inFields: true }])
  const check = checked.data
  const item = (code: string, value: string) =>
    change({ items: { ...values.items, [code]: { value, attachment_id: values.items[code]?.attachment_id ?? null } } })
  return (
    <div className="page">
      <PageHead title={inquiry ? inquiry.number : t('inquiry:new')}>
        <Button onClick={() => void navigate(inquiry ? `/inquiries/${inquiry.id}` : '/inquiries')}>
          {t('common:back')}
        </Button>
        <Button type="primary" loading={save.busy} onClick={save.run}>
          {t('common:save')}
        </Button>
      </PageHead>
      <Who values={values} change={change} fresh={inquiry === null} errors={save.errors} />
      <div className="inquiry-columns">
        <Card title={t('inquiry:field.said')}>
          <Input.TextArea
            autoSize={{ minRows: 10, maxRows: 26 }}
            maxLength={20_000}
            autoFocus={inquiry !== null}
            aria-label={t('inquiry:field.said')}
            placeholder={t('inquiry:said_hint')}
            value={values.said}
            onChange={event => change({ said: event.target.value })}
          />
          <div aria-live="polite">
            {check && check.vague_words.length > 0 && values.said !== '' && (
              <>
                <h3 className="inquiry-heading">{t('inquiry:vague_words', { count: check.vague_words.length })}</h3>
                <Said text={values.said.trim()} words={check.vague_words} />
              </>
            )}
          </div>
        </Card>
        <Card title={t('inquiry:checklist')}>
          <Checklist
            items={check?.items ?? inquiry?.items ?? []}
            said={code => values.items[code]?.value ?? ''}
            onChange={item}
          />
        </Card>
      </div>
    </div>
  )
}

interface WhoProps {
  values: Values
  change: (changed: Partial<Values>) => void
  fresh: boolean
  errors: Map<string, string>
}

/** Who asks, by which way, and until when an answer is promised. */
function Who({ values, change, fresh, errors }: WhoProps) {
  const { t } = useTranslation()
  const text = (field: 'customer_name' | 'contact_name' | 'contact_phone', max: number) => (
    <div className="inquiry-field">
      <span>{t(`inquiry:field.${field}`)}</span>
      <Input
        aria-label={t(`inquiry:field.${field}`)}
        maxLength={max}
        value={values[field]}
        status={errors.has(`/${field}`) ? 'error' : undefined}
        onChange={event => change({ [field]: event.target.value })}
      />
      {errors.has(`/${field}`) && <span className="ink-late">{errors.get(`/${field}`)}</span>}
    </div>
  )
  return (
    <Card title={t('inquiry:who')}>
      <div className="inquiry-who">
        <div className="inquiry-field">
          <span>{t('inquiry:field.customer')}</span>
          <Pick
            kind="customer"
            label={t('inquiry:field.customer')}
            autoFocus={fresh}
            value={values.customer?.id ?? null}
            known={values.customer}
            onChange={(_, picked) => change({ customer: picked })}
          />
        </div>
        {!values.customer && text('customer_name', 200)}
        {text('contact_name', 100)}
        {text('contact_phone', 50)}
        <div className="inquiry-field">
          <span>{t('inquiry:field.channel')}</span>
          <Select
            aria-label={t('inquiry:field.channel')}
            value={values.channel}
            options={CHANNELS.map(value => ({ value, label: t(`order:channel.${value}`) }))}
            onChange={channel => change({ channel })}
          />
        </div>
        {fresh && (
          <div className="inquiry-field">
            <span>{t('inquiry:field.answer_by')}</span>
            <Input
              type="datetime-local"
              aria-label={t('inquiry:field.answer_by')}
              value={values.answer_by}
              status={errors.has('/answer_by') ? 'error' : undefined}
              onChange={event => change({ answer_by: event.target.value })}
            />
            {errors.has('/answer_by') && <span className="ink-late">{errors.get('/answer_by')}</span>}
            <span className="quick-words">
              {QUICK.map(hours => (
                <button
                  key={hours}
                  type="button"
                  className="chip"
                  onClick={() => change({ answer_by: inHours(hours) })}
                >
                  {t('inquiry:in_hours', { count: hours })}
                </button>
              ))}
            </span>
          </div>
        )}
      </div>
    </Card>
  )
}

/** Saves, and shows the inquiry; mistakes are told at their fields. */
function useSave(inquiry: Inquiry | null, values: Values) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const message = useMessage()
  const problemText = useProblemText()
  const refresh = useRefreshInquiries()
  const [busy, setBusy] = useState(false)
  const [key] = useState(uuidv7)
  const [errors, setErrors] = useState(new Map<string, string>())
  const run = () => {
    const { answer_by, ...content } = sentOf(values)
    setBusy(true)
    const sent = inquiry
      ? put<InquiryState>(`/inquiries/${inquiry.id}`, content, { version: inquiry.version })
      : post<InquiryState>('/inquiries', { ...content, answer_by }, { idempotencyKey: key })
    sent
      .then(state => {
        refresh()
        void message.success(t('inquiry:did.edit'))
        void navigate(`/inquiries/${state.id}`)
      })
      .catch((error: unknown) => {
        const told = error instanceof ApiProblem ? error.errors : []
        setErrors(new Map(told.map(one => [one.pointer, one.message])))
        void message.error(problemText(error), 6)
      })
      .finally(() => setBusy(false))
  }
  return { run, busy, errors }
}

/** An order from a message: paste it, see what was understood and how sure that is, correct it, and have a draft. */
import { useMutation } from '@tanstack/react-query'
import { Alert, Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { EmptyState } from '@/components/EmptyState'
import { ErrorState } from '@/components/ErrorState'
import { PageHead } from '@/components/PageHead'
import { PageSkeleton } from '@/components/PageSkeleton'
import { post } from '@/lib/api/client'
import { ApiProblem } from '@/lib/api/problem'
import type { IntakeConfirmation, IntakeModel, IntakeReading, OrderState } from '@/lib/api/types'
import { readDraft, useDraftSaver } from '@/lib/drafts'
import { useShortcuts } from '@/lib/keyboard'
import { useCan } from '@/lib/session'
import { usePost } from '@/lib/step'
import { FirstFields, OtherFields } from './Fields'
import { Lines } from './Lines'
import { Message } from './Message'
import { confirmationOf, type Form, formOf } from './model'
import './intake.css'

const DRAFT = 'intake'

const fieldErrors = (error: unknown) =>
  new Map(error instanceof ApiProblem ? error.errors.map(item => [item.pointer, item.message]) : [])

export function FromTextPage() {
  const { t } = useTranslation()
  const may = useCan('order.create')
  if (!may) return <Alert type="info" showIcon title={t('intake:may_not')} style={{ margin: 20 }} />
  return <FromText />
}

function FromText() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { save, drop } = useDraftSaver<string>(DRAFT)
  const [text, setText] = useState(() => readDraft<string>(DRAFT)?.value ?? '')
  const [form, setForm] = useState<Form | null>(null)
  const [active, setActive] = useState('')
  const reading = useMutation<IntakeReading, unknown, { message: string; alone?: boolean }>({
    mutationFn: ({ message, alone }) =>
      post<IntakeReading>('/intake/read', { text: message, ...(alone ? { without_model: true } : {}) }),
    onSuccess: (found, { message }) => setForm(formOf(found, message)),
  })
  const found = form && reading.data ? reading.data : null
  const confirm = usePost<IntakeConfirmation, OrderState>('/intake/confirm', {
    done: t('intake:done'),
    onDone: order => {
      drop()
      void navigate(`/orders/${order.id}`)
    },
  })
  const change = (message: string) => {
    setText(message)
    save(message)
  }
  const read = (message = text) => {
    if (message.trim() && !reading.isPending) reading.mutate({ message })
  }
  const edit = () => {
    setForm(null)
    reading.reset()
    confirm.reset()
  }
  const missing = form ? missingOf(form) : 0
  const send = () => {
    if (found && form && missing === 0 && !confirm.isPending) confirm.mutate(confirmationOf(text, found, form))
  }
  useShortcuts([
    {
      keys: 'mod+Enter',
      label: found ? 'intake:confirm' : 'intake:read',
      run: () => (found ? send() : read()),
      inFields: true,
    },
  ])
  const wrong = fieldErrors(reading.error)
  const fields = found &&
    form && {
      reading: found,
      form,
      errors: fieldErrors(confirm.error),
      onChange: (part: Partial<Form>) => setForm({ ...form, ...part }),
      onFocus: setActive,
    }
  return (
    <div className="intake-page">
      <PageHead title={t('nav:from_text')}>
        <Button onClick={() => void navigate('/orders')}>{t('common:back')}</Button>
      </PageHead>
      <div className="intake-columns">
        <Message
          text={text}
          reading={found}
          active={active}
          busy={reading.isPending}
          {...(wrong.has('/text') ? { error: wrong.get('/text') ?? '' } : {})}
          onChange={change}
          onRead={read}
          onEdit={edit}
        />
        <section className="card intake-form" aria-label={t('intake:understood')} aria-live="polite">
          {fields && form ? (
            <>
              <h2>{t('intake:understood')}</h2>
              {found?.model && (
                <ModelNote
                  model={found.model}
                  busy={reading.isPending}
                  onAlone={() => reading.mutate({ message: text, alone: true })}
                />
              )}
              <FirstFields {...fields} />
              <Lines
                lines={form.lines}
                errors={fields.errors}
                onChange={lines => setForm({ ...form, lines })}
                onFocus={setActive}
              />
              <OtherFields {...fields} />
              <Foot missing={missing} busy={confirm.isPending} onConfirm={send} />
            </>
          ) : reading.isError && wrong.size === 0 ? (
            <ErrorState error={reading.error} onRetry={() => read()} />
          ) : reading.isPending ? (
            <PageSkeleton lines={8} />
          ) : (
            <EmptyState title={t('intake:empty.title')} text={t('intake:empty.text')} />
          )}
        </section>
      </div>
    </div>
  )
}

/** Which language model read along, or why it did not. */
function ModelNote({ model, busy, onAlone }: { model: IntakeModel; busy: boolean; onAlone: () => void }) {
  const { t } = useTranslation()
  if (model.problem)
    return (
      <Alert
        className="intake-model"
        type="warning"
        showIcon
        title={t('intake:model.failed', { name: model.name })}
        description={model.problem}
      />
    )
  return (
    <p className="soft intake-model">
      {t('intake:model.read', { name: model.name })}{' '}
      <Button type="link" size="small" loading={busy} onClick={onAlone}>
        {t('intake:model.alone')}
      </Button>
    </p>
  )
}

/** Fields without which there is no draft. */
function missingOf(form: Form): number {
  const lines = form.lines.filter(line => !line.product || !line.quantity).length
  return lines + (form.customer ? 0 : 1) + (form.lines.length > 0 ? 0 : 1)
}

function Foot({ missing, busy, onConfirm }: { missing: number; busy: boolean; onConfirm: () => void }) {
  const { t } = useTranslation()
  return (
    <div className="row intake-foot">
      <span className={missing > 0 ? 'grow intake-vague' : 'soft grow'}>
        {missing > 0 ? t('intake:missing', { shown: missing }) : t('intake:ready')}
      </span>
      <Button type="primary" disabled={missing > 0} loading={busy} onClick={onConfirm}>
        {t('intake:confirm')} <kbd>Ctrl ↵</kbd>
      </Button>
    </div>
  )
}

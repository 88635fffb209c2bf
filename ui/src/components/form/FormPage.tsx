/**
 * A form as every form is: the server's errors at their fields, and what was typed kept in this browser until it is
 * saved, also over a reload or a session that ended.
 */
import { Alert, Button, Form, type FormInstance } from 'antd'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '@/lib/api/problem'
import { readDraft, useDraftSaver } from '@/lib/drafts'
import { formatInstant } from '@/lib/format'
import { useShortcuts } from '@/lib/keyboard'
import { useProblemText } from '@/lib/step'
import { PageHead } from '../PageHead'
import './form.css'

/** `/contacts/0/phone` → `['contacts', 0, 'phone']`, as the form names its fields. */
export function namePath(pointer: string): (string | number)[] {
  return pointer
    .split('/')
    .slice(1)
    .map(part => part.replace(/~1/g, '/').replace(/~0/g, '~'))
    .map(part => (/^\d+$/.test(part) ? Number(part) : part))
}

/** Puts the server's field errors at their fields; gives the messages that belong to none. */
export function placeErrors(form: FormInstance, error: unknown): string[] {
  if (!(error instanceof ApiProblem)) return []
  const loose: string[] = []
  const placed: { name: (string | number)[]; errors: string[] }[] = []
  for (const item of error.errors) {
    const name = namePath(item.pointer)
    if (name.length > 0 && form.getFieldInstance(name) !== undefined) placed.push({ name, errors: [item.message] })
    else if (name.length > 0 && form.getFieldValue(name) !== undefined) placed.push({ name, errors: [item.message] })
    else loose.push(item.message)
  }
  form.setFields(placed)
  const first = placed[0]
  if (first) form.scrollToField(first.name, { block: 'center', focus: true })
  return loose
}

interface Props<Values extends object> {
  title: string
  tags?: ReactNode
  /** Under which the draft is kept, `customer.new` or `customer.{id}`. */
  draftKey: string
  initial: Values
  submitLabel?: string
  /** Sends the values; throws what the client throws. */
  onSubmit: (values: Values) => Promise<void>
  onCancel: () => void
  form?: FormInstance<Values>
  extra?: ReactNode
  children: ReactNode
}

export function FormPage<Values extends object>(props: Props<Values>) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const [own] = Form.useForm<Values>()
  const form = props.form ?? own
  const [draft, setDraft] = useState(() => readDraft<Values>(props.draftKey))
  const { save, drop } = useDraftSaver<Values>(props.draftKey)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string[]>([])

  useEffect(() => {
    if (draft) form.setFieldsValue(draft.value as Parameters<typeof form.setFieldsValue>[0])
  }, [draft, form])

  const submit = async () => {
    setBusy(true)
    setProblem([])
    try {
      await props.onSubmit(form.getFieldsValue(true) as Values)
      drop()
    } catch (error) {
      const loose = placeErrors(form, error)
      const placedAll = error instanceof ApiProblem && error.errors.length > 0 && loose.length === 0
      setProblem(loose.length > 0 ? loose : placedAll ? [t('common:fix_fields')] : [problemText(error)])
    } finally {
      setBusy(false)
    }
  }
  useShortcuts([{ keys: 'mod+s', label: 'keys:save', run: () => form.submit(), inFields: true }])
  return (
    <div className="page form-page">
      <PageHead title={props.title} tags={props.tags}>
        {props.extra}
      </PageHead>
      {draft && (
        <Alert
          className="gap-below"
          type="info"
          showIcon
          title={t('common:draft.restored', { at: formatInstant(new Date(draft.at).toISOString()) })}
          action={
            <Button
              size="small"
              onClick={() => {
                drop()
                setDraft(null)
                form.resetFields()
              }}
            >
              {t('common:draft.discard')}
            </Button>
          }
        />
      )}
      {problem.length > 0 && (
        <Alert
          className="gap-below"
          type="error"
          showIcon
          role="alert"
          title={problem.map(text => <div key={text}>{text}</div>)}
        />
      )}
      <Form<Values>
        form={form}
        layout="vertical"
        initialValues={props.initial}
        scrollToFirstError={{ block: 'center', focus: true }}
        onValuesChange={() => save(form.getFieldsValue(true) as Values)}
        onFinish={() => void submit()}
      >
        {props.children}
        <footer className="form-foot">
          <Button onClick={props.onCancel}>{t('common:cancel')}</Button>
          <Button type="primary" htmlType="submit" loading={busy}>
            {props.submitLabel ?? t('common:save')}
          </Button>
        </footer>
      </Form>
    </div>
  )
}

/** A titled group of fields; they flow in as many columns as fit. */
export function FormSection({ title, children, flush }: { title: string; children: ReactNode; flush?: boolean }) {
  return (
    <section className="card form-section">
      <header className="card-head">
        <h2>{title}</h2>
      </header>
      <div className={flush ? 'card-body' : 'card-body form-grid'}>{children}</div>
    </section>
  )
}

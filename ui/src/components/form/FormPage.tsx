/**
 * A form as every form is: the server's errors at their fields, and what was typed kept in this browser until it is
 * saved, also over a reload or a session that ended.
 */
import { Button, Form, type FormInstance } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcuts } from '@/lib/keyboard'
import { PageHead } from '../PageHead'
import { FormAlerts } from './FormAlerts'
import { useServerForm } from './useServerForm'
import './form.css'

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
  /** Stands under the head: tabs of sibling pages. */
  above?: ReactNode
  /** Follows what is typed, for fields that depend on each other. */
  onChange?: (changed: Partial<Values>, values: Values) => void
  children: ReactNode
}

export function FormPage<Values extends object>(props: Props<Values>) {
  const { t } = useTranslation()
  const [own] = Form.useForm<Values>()
  const form = props.form ?? own
  const { busy, problem, submit, draftAt, discardDraft, keep } = useServerForm<Values>({
    form,
    draftKey: props.draftKey,
    onSubmit: props.onSubmit,
  })
  useShortcuts([{ keys: 'mod+s', label: 'keys:save', run: () => form.submit(), inFields: true }])
  return (
    <div className="page form-page">
      <PageHead title={props.title} tags={props.tags}>
        {props.extra}
      </PageHead>
      {props.above}
      <FormAlerts draftAt={draftAt} onDiscard={discardDraft} problem={problem} />
      <Form<Values>
        form={form}
        layout="vertical"
        initialValues={props.initial}
        scrollToFirstError={{ block: 'center', focus: true }}
        onValuesChange={(changed, values) => {
          props.onChange?.(changed as Partial<Values>, values)
          keep()
        }}
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

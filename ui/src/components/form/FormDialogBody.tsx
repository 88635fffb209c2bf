import { Button, Form, type FormInstance, Modal } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcuts } from '@/lib/keyboard'
import { FormAlerts } from './FormAlerts'
import { useServerForm } from './useServerForm'
import './form.css'

export interface FormDialogProps<Values extends object> {
  title: string
  /** Under which the draft is kept; `null` for what must not lie in a browser, such as passwords. */
  draftKey: string | null
  initial: Values
  submitLabel?: string
  danger?: boolean
  width?: number
  /** Sends the values; throws what the client throws. */
  onSubmit: (values: Values) => Promise<void>
  onClose: () => void
  form?: FormInstance<Values>
  onChange?: (changed: Partial<Values>, values: Values) => void
  children: ReactNode
}

export default function FormDialogBody<Values extends object>(props: FormDialogProps<Values>) {
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
    <Modal open title={props.title} width={props.width ?? 520} footer={null} onCancel={props.onClose} destroyOnHidden>
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
        <footer className="dialog-foot">
          <Button onClick={props.onClose}>{t('common:cancel')}</Button>
          <Button type="primary" danger={props.danger} htmlType="submit" loading={busy}>
            {props.submitLabel ?? t('common:save')}
          </Button>
        </footer>
      </Form>
    </Modal>
  )
}

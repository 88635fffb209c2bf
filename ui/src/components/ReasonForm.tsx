import { Button, Form, Input, Modal } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import './components.css'

export interface ReasonDialogProps {
  title: string
  /** The verb on the button. */
  confirm: string
  /** What happens, with its figures: "释放 12 件库存". */
  consequences?: string[]
  danger?: boolean
  /** Reasons often given, one click each. */
  suggestions?: string[]
  optional?: boolean
  label?: string
  busy?: boolean
  onSubmit: (reason: string) => void
  onClose: () => void
  /** Stands under the reason. */
  children?: ReactNode
}

export default function ReasonForm(props: ReasonDialogProps) {
  const { t } = useTranslation()
  const [form] = Form.useForm<{ reason: string }>()
  const label = props.label ?? t('common:reason')
  return (
    <Modal open title={props.title} onCancel={props.onClose} width={460} footer={null} destroyOnHidden>
      {props.consequences && props.consequences.length > 0 && (
        <ul className="consequences">
          {props.consequences.map(text => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={values => props.onSubmit((values.reason ?? '').trim())}
      >
        <Form.Item
          name="reason"
          label={label}
          rules={props.optional ? [] : [{ required: true, whitespace: true, message: t('common:reason_required') }]}
          extra={
            props.suggestions && (
              <span className="quick-words">
                {props.suggestions.map(text => (
                  <button key={text} type="button" className="chip" onClick={() => form.setFieldValue('reason', text)}>
                    {text}
                  </button>
                ))}
              </span>
            )
          }
        >
          <Input.TextArea
            autoFocus
            rows={3}
            maxLength={500}
            onKeyDown={event => {
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.submit()
            }}
          />
        </Form.Item>
        {props.children}
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button onClick={props.onClose}>{t('common:back')}</Button>
          <Button type="primary" danger={props.danger} htmlType="submit" loading={props.busy}>
            {props.confirm}
          </Button>
        </div>
      </Form>
    </Modal>
  )
}

/** Tells the customer by when an answer comes; a clock runs on it. */
import { Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '@/components/form/FormDialog'
import { chosenRule } from '@/components/form/rules'
import { post } from '@/lib/api/client'
import type { Order } from '@/lib/api/types'
import { useMessage } from '@/lib/message'

interface Values {
  /** As the browser's field has it: local time without a zone. */
  due_at: string
  note: string
}

/** Times often promised, one click each. */
const QUICK = [
  { hours: 1, label: 'clock:promise.hours_1' },
  { hours: 2, label: 'clock:promise.hours_2' },
  { hours: 4, label: 'clock:promise.hours_4' },
  { hours: 24, label: 'clock:promise.hours_24' },
] as const

/** The local time in so many hours, as the browser's field wants it. */
function inHours(hours: number): string {
  const at = new Date(Date.now() + hours * 3_600_000)
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

export function PromiseDialog(props: { order: Order; onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation()
  const message = useMessage()
  const [form] = Form.useForm<Values>()
  const save = async (values: Values) => {
    const due_at = new Date(values.due_at).toISOString()
    await post(`/orders/${props.order.id}/clocks`, { due_at, note: values.note ?? '' })
    void message.success(t('clock:promise.done'))
    props.onDone()
  }
  return (
    <FormDialog<Values>
      title={t('clock:promise.title', { number: props.order.number })}
      draftKey={null}
      form={form}
      initial={{ due_at: inHours(2), note: '' }}
      submitLabel={t('clock:promise.confirm')}
      onSubmit={save}
      onClose={props.onClose}
    >
      <Form.Item
        name="due_at"
        label={t('clock:promise.due_at')}
        rules={[chosenRule(t)]}
        extra={
          <span className="quick-words">
            {QUICK.map(quick => (
              <button
                key={quick.hours}
                type="button"
                className="chip"
                onClick={() => form.setFieldValue('due_at', inHours(quick.hours))}
              >
                {t(quick.label)}
              </button>
            ))}
          </span>
        }
      >
        <Input type="datetime-local" />
      </Form.Item>
      <Form.Item name="note" label={t('clock:promise.note')} extra={t('clock:promise.hint')}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
    </FormDialog>
  )
}

/** Tells the customer by when an answer comes, or begins another time limit that people begin; a clock runs on it. */
import { useQuery } from '@tanstack/react-query'
import { Form, Input, Radio } from 'antd'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '@/components/form/FormDialog'
import { chosenRule } from '@/components/form/rules'
import { get, post } from '@/lib/api/client'
import type { ClockRule, Order } from '@/lib/api/types'
import { useMessage } from '@/lib/message'

interface Values {
  code: string
  /** As the browser's field has it: local time without a zone. */
  due_at: string
  note: string
}

/** The rule of a promise whose time its maker says. */
const ANSWER = 'order.answer'

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
  const code = Form.useWatch('code', form) ?? ANSWER
  const found = useQuery({ queryKey: ['clock-rules'], queryFn: () => get<ClockRule[]>('/clock-rules') })
  const rules = (found.data ?? []).filter(rule => rule.by_hand && rule.subject === 'order')
  const limit = rules.find(rule => rule.code === code)?.limit
  const save = async (values: Values) => {
    const due_at = values.due_at ? new Date(values.due_at).toISOString() : ''
    await post(`/orders/${props.order.id}/clocks`, { code: values.code, due_at, note: values.note ?? '' })
    void message.success(t('clock:promise.done'))
    props.onDone()
  }
  return (
    <FormDialog<Values>
      title={t('clock:promise.title', { number: props.order.number })}
      draftKey={null}
      form={form}
      initial={{ code: ANSWER, due_at: inHours(2), note: '' }}
      onChange={changed => {
        if (changed.code) form.setFieldValue('due_at', changed.code === ANSWER ? inHours(2) : '')
      }}
      submitLabel={t('clock:promise.confirm')}
      onSubmit={save}
      onClose={props.onClose}
    >
      {rules.length > 1 && (
        <Form.Item name="code" label={t('clock:field.name')}>
          <Radio.Group optionType="button" options={rules.map(rule => ({ value: rule.code, label: rule.name }))} />
        </Form.Item>
      )}
      <Form.Item
        name="due_at"
        label={t('clock:promise.due_at')}
        rules={limit ? [] : [chosenRule(t)]}
        help={limit ? t('clock:promise.by_rule', { limit }) : undefined}
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

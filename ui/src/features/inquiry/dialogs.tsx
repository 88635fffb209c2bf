/** The dialogs of an inquiry: an answer promised by a time, and what the customer was answered. */
import { useQuery } from '@tanstack/react-query'
import { Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '@/components/form/FormDialog'
import { get, post } from '@/lib/api/client'
import type { Inquiry, OrderRow, Page } from '@/lib/api/types'
import { formatInstant } from '@/lib/format'
import { useMessage } from '@/lib/message'
import { inHours, instantOf, QUICK } from './times'

interface Props {
  inquiry: Inquiry
  onClose: () => void
  onDone: () => void
}

export function PromiseDialog({ inquiry, onClose, onDone }: Props) {
  const { t } = useTranslation()
  const message = useMessage()
  const [form] = Form.useForm<{ answer_by: string; note: string }>()
  return (
    <FormDialog<{ answer_by: string; note: string }>
      title={`${t('inquiry:verb.promise')} ${inquiry.number}`}
      draftKey={null}
      form={form}
      initial={{ answer_by: inHours(2), note: '' }}
      submitLabel={t('inquiry:verb.promise')}
      onSubmit={async values => {
        const answer_by = instantOf(values.answer_by) ?? ''
        const sent = { answer_by, note: values.note ?? '' }
        await post(`/inquiries/${inquiry.id}/promise`, sent, { version: inquiry.version })
        void message.success(t('inquiry:did.promise'))
        onDone()
      }}
      onClose={onClose}
    >
      <Form.Item
        name="answer_by"
        label={t('inquiry:field.answer_by')}
        extra={
          <span className="quick-words">
            {QUICK.map(hours => (
              <button
                key={hours}
                type="button"
                className="chip"
                onClick={() => form.setFieldValue('answer_by', inHours(hours))}
              >
                {t('inquiry:in_hours', { count: hours })}
              </button>
            ))}
          </span>
        }
      >
        <Input type="datetime-local" />
      </Form.Item>
      <Form.Item name="note" label={t('inquiry:promise_note')}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
    </FormDialog>
  )
}

export function AnswerDialog({ inquiry, onClose, onDone }: Props) {
  const { t } = useTranslation()
  const message = useMessage()
  return (
    <FormDialog<{ answer: string }>
      title={`${t('inquiry:verb.answer')} ${inquiry.number}`}
      draftKey={`inquiry-answer-${inquiry.id}`}
      initial={{ answer: '' }}
      submitLabel={t('inquiry:verb.answer')}
      onSubmit={async values => {
        const sent = { answer: values.answer ?? '' }
        await post(`/inquiries/${inquiry.id}/answer`, sent, { version: inquiry.version })
        void message.success(t('inquiry:did.answer'))
        onDone()
      }}
      onClose={onClose}
    >
      <Form.Item name="answer" label={t('inquiry:field.answer')}>
        <Input.TextArea rows={4} maxLength={2000} />
      </Form.Item>
    </FormDialog>
  )
}

/** Lets a draft that was entered already name the inquiry. */
export function LinkDialog({ inquiry, onClose, onDone }: Props) {
  const { t } = useTranslation()
  const message = useMessage()
  const drafts = useQuery({
    queryKey: ['orders', 'drafts-of', inquiry.customer?.id],
    queryFn: () => get<Page<OrderRow>>('/orders', { status: 'draft', customer: inquiry.customer?.id, limit: 100 }),
  })
  return (
    <FormDialog<{ order_id: string }>
      title={`${t('inquiry:link_order')} ${inquiry.number}`}
      draftKey={null}
      initial={{ order_id: '' }}
      submitLabel={t('inquiry:link')}
      onSubmit={async values => {
        await post(`/inquiries/${inquiry.id}/order`, { order_id: values.order_id }, { version: inquiry.version })
        void message.success(t('inquiry:did.order'))
        onDone()
      }}
      onClose={onClose}
    >
      <Form.Item name="order_id" label={t('inquiry:draft')} rules={[{ required: true, message: t('common:required') }]}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          loading={drafts.isPending}
          notFoundContent={drafts.isError ? t('inquiry:drafts_failed') : t('inquiry:no_drafts')}
          options={(drafts.data?.items ?? []).map(order => ({
            value: order.id,
            label: `${order.number || t('order:no_number')} · ${formatInstant(order.created_at)} · ${order.payable.amount}`,
          }))}
        />
      </Form.Item>
    </FormDialog>
  )
}

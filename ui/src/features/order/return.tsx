import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ReasonDialog } from '@/components/ReasonDialog'
import type { Order } from '@/lib/api/types'
import { releases } from './consequence'
import { useOrderStep, type VerbProps } from './step'

const FIELDS = [
  'required_on',
  'delivery_address',
  'settlement',
  'deposit_rate',
  'discount',
  'freight',
  'packing',
  'transport',
  'notes',
]

interface Asked {
  id: number
  field: string
  question: string
}

/** Back to the enterer with questions about single fields, or a reason. */
export function ReturnOrder({ order, onClose, onDone }: VerbProps) {
  const { t } = useTranslation()
  const [asked, setAsked] = useState<Asked[]>([])
  const step = useOrderStep<{ reason: string; questions: Omit<Asked, 'id'>[] }>(order, 'return', { onDone })
  const questions = asked.filter(one => one.question.trim())
  return (
    <ReasonDialog
      title={t('order-step:title.return', { number: order.number })}
      confirm={t('order:verb.return')}
      consequences={[t('order-step:consequence.to_draft'), ...releases(t, order)]}
      suggestions={[
        t('order-step:reason.return.price'),
        t('order-step:reason.return.date'),
        t('order-step:reason.return.address'),
      ]}
      optional={questions.length > 0}
      busy={step.isPending}
      onSubmit={reason =>
        step.mutate({ reason, questions: questions.map(({ field, question }) => ({ field, question })) })
      }
      onClose={onClose}
    >
      <Ask order={order} asked={asked} onChange={setAsked} />
    </ReasonDialog>
  )
}

function Ask(props: { order: Order; asked: Asked[]; onChange: (asked: Asked[]) => void }) {
  const { t } = useTranslation()
  const { asked, onChange } = props
  const set = (id: number, change: Partial<Asked>) =>
    onChange(asked.map(one => (one.id === id ? { ...one, ...change } : one)))
  const fields = [
    { value: '', label: t('order-step:questions.whole') },
    ...FIELDS.map(value => ({
      value,
      label: t(`order:field.${value}`, { defaultValue: t(`order:money.${value}`, { defaultValue: value }) }),
    })),
    ...props.order.lines.map(line => ({
      value: `lines/${line.line_no}/quantity`,
      label: t('order-step:questions.line', { no: line.line_no, name: line.name }),
    })),
  ]
  return (
    <div className="asked">
      {asked.map(one => (
        <div key={one.id} className="row">
          <Select
            style={{ width: 150 }}
            value={one.field}
            options={fields}
            aria-label={t('order-step:questions.about')}
            onChange={field => set(one.id, { field })}
          />
          <Input
            value={one.question}
            maxLength={500}
            placeholder={t('order-step:questions.question')}
            aria-label={t('order-step:questions.question')}
            onChange={event => set(one.id, { question: event.target.value })}
          />
          <Button
            type="text"
            icon={<DeleteOutlined />}
            aria-label={t('common:remove')}
            onClick={() => onChange(asked.filter(other => other.id !== one.id))}
          />
        </div>
      ))}
      <Button
        size="small"
        icon={<PlusOutlined />}
        onClick={() => onChange([...asked, { id: (asked.at(-1)?.id ?? 0) + 1, field: '', question: '' }])}
      >
        {t('order-step:questions.add')}
      </Button>
    </div>
  )
}

/** Gives goods that one order has reserved to another that waits for them. */
import { useQueryClient } from '@tanstack/react-query'
import { Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { Facts } from '@/components/Facts'
import { DecimalInput } from '@/components/form/DecimalInput'
import { FormDialog } from '@/components/form/FormDialog'
import { numberRule, requiredRule } from '@/components/form/rules'
import { post } from '@/lib/api/client'
import type { Reservation, ReservationWanted } from '@/lib/api/types'
import { min } from '@/lib/decimal'
import { formatQuantity } from '@/lib/format'
import { useMessage } from '@/lib/message'

interface Values {
  to: string
  quantity: string | null
  reason: string
}

interface Props {
  reservation: Reservation
  waiting: ReservationWanted[]
  onClose: () => void
}

const keyOf = (one: ReservationWanted) => `${one.line.order.id} ${one.line.line_no}`

export default function ReassignDialog({ reservation, waiting, onClose }: Props) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const message = useMessage()
  const [form] = Form.useForm<Values>()
  const { line, warehouse, quantity } = reservation
  const others = waiting.filter(one => one.line.order.id !== line.order.id || one.line.line_no !== line.line_no)
  const chosen = Form.useWatch('to', form) ?? (others[0] && keyOf(others[0]))
  const taker = others.find(one => keyOf(one) === chosen)
  const most = taker ? min(quantity.value, taker.missing.value) : quantity.value
  const save = async (values: Values) => {
    if (!taker) return
    await post('/reservations/reassign', {
      from_order_id: line.order.id,
      from_line_no: line.line_no,
      warehouse_id: warehouse.id,
      to_order_id: taker.line.order.id,
      to_line_no: taker.line.line_no,
      quantity: values.quantity,
      reason: values.reason,
    })
    await client.invalidateQueries({ queryKey: ['stock'] })
    await client.invalidateQueries({ queryKey: ['orders'] })
    void message.success(t('reservation:move.done', { order: taker.line.order.number }))
    onClose()
  }
  return (
    <FormDialog<Values>
      title={t('reservation:move.title')}
      draftKey={`reservation.move.${line.order.id}.${line.line_no}.${warehouse.id}`}
      form={form}
      width={520}
      submitLabel={t('reservation:move.submit')}
      initial={{ to: others[0] ? keyOf(others[0]) : '', quantity: most, reason: '' }}
      onSubmit={save}
      onClose={onClose}
    >
      <div className="gap-below">
        <Facts
          items={[
            { label: t('reservation:field.order'), value: `${line.order.number} · ${line.customer.name}` },
            { label: t('reservation:field.warehouse'), value: warehouse.name },
            { label: t('reservation:reserved'), value: formatQuantity(quantity) },
          ]}
        />
      </div>
      <Form.Item name="to" label={t('reservation:move.to')} rules={[requiredRule(t)]}>
        <Select
          autoFocus
          onChange={to => {
            const next = others.find(one => keyOf(one) === to)
            if (next) form.setFieldValue('quantity', min(quantity.value, next.missing.value))
          }}
          options={others.map(one => ({
            value: keyOf(one),
            label: t('reservation:move.option', {
              order: one.line.order.number,
              customer: one.line.customer.name,
              missing: formatQuantity(one.missing),
            }),
          }))}
        />
      </Form.Item>
      <Form.Item
        name="quantity"
        label={t('reservation:move.quantity')}
        rules={[numberRule(t, { required: true, above: '0', max: most, digits: 6 })]}
      >
        <DecimalInput suffix={quantity.unit} />
      </Form.Item>
      <Form.Item
        name="reason"
        label={t('common:reason')}
        rules={[requiredRule(t)]}
        extra={t('reservation:move.reason')}
      >
        <Input maxLength={200} />
      </Form.Item>
    </FormDialog>
  )
}

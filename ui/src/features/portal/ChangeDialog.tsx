import { Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DateInput } from '@/components/DateInput'
import { ApiProblem } from '@/lib/api/problem'
import { isZero } from '@/lib/decimal'
import { usePost } from '@/lib/step'
import { QuantityStepper } from './QuantityStepper'
import { useRefresh } from './queries'
import type { PortalOrder, PortalOrderState } from './types'

interface Typed {
  required_on: string | null
  receiver: string
  contact_phone: string
  delivery_address: string
  notes: string
}

/** Other quantities, another day or address, while the order is not confirmed yet. */
export default function ChangeDialog({ order, onClose }: { order: PortalOrder; onClose: () => void }) {
  const { t } = useTranslation()
  const refresh = useRefresh()
  const [form] = Form.useForm<Typed>()
  const [quantities, setQuantities] = useState(() =>
    Object.fromEntries(order.lines.map(line => [line.line_no, line.quantity.value])),
  )
  const change = usePost<Typed, PortalOrderState>(`/portal/orders/${order.id}/change`, {
    version: () => order.version,
    body: typed => ({
      ...typed,
      lines: order.lines
        .filter(line => quantities[line.line_no] !== line.quantity.value)
        .map(line => ({ line_no: line.line_no, quantity: quantities[line.line_no] })),
    }),
    done: t('portal:change.done'),
    quiet: true,
    onDone: () => {
      refresh()
      onClose()
    },
  })
  const wrong = change.error instanceof ApiProblem ? change.error.errors : []
  const item = (pointer: string) => {
    const help = wrong.find(error => error.pointer === pointer)?.message
    return { help, validateStatus: help ? ('error' as const) : undefined }
  }
  const ofLines = wrong.filter(error => error.pointer.startsWith('/lines'))
  return (
    <Modal
      open
      title={t('portal:change.title')}
      okText={t('portal:change.submit')}
      cancelText={t('common:cancel')}
      okButtonProps={{ loading: change.isPending }}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <ul className="portal-rows">
        {order.lines.map(line => (
          <li key={line.line_no}>
            <span className="grow cut">
              <span className="portal-product-name">{line.product.name}</span>
              {isZero(quantities[line.line_no] ?? '0') && (
                <span className="portal-short portal-block">{t('portal:change.removed')}</span>
              )}
            </span>
            <QuantityStepper
              value={quantities[line.line_no] ?? line.quantity.value}
              unit={line.unit}
              name={line.product.name}
              onChange={quantity => setQuantities(before => ({ ...before, [line.line_no]: quantity }))}
            />
          </li>
        ))}
      </ul>
      {ofLines.length > 0 && (
        <ul className="portal-wrong" role="alert">
          {ofLines.map(error => (
            <li key={`${error.pointer}${error.code}`}>{error.message}</li>
          ))}
        </ul>
      )}
      <Form<Typed>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{
          required_on: order.required_on,
          receiver: order.receiver,
          contact_phone: order.contact_phone,
          delivery_address: order.delivery_address,
          notes: order.notes,
        }}
        onFinish={typed => change.mutate(typed)}
      >
        <Form.Item label={t('portal:required_on')} name="required_on" {...item('/required_on')}>
          <DateInput />
        </Form.Item>
        <Form.Item label={t('portal:receiver')} name="receiver" {...item('/receiver')}>
          <Input />
        </Form.Item>
        <Form.Item label={t('portal:phone')} name="contact_phone" {...item('/contact_phone')}>
          <Input inputMode="tel" />
        </Form.Item>
        <Form.Item label={t('portal:delivery_address')} name="delivery_address" {...item('/delivery_address')}>
          <Input.TextArea autoSize />
        </Form.Item>
        <Form.Item label={t('portal:notes')} name="notes" {...item('/notes')}>
          <Input.TextArea autoSize={{ minRows: 2 }} />
        </Form.Item>
      </Form>
    </Modal>
  )
}

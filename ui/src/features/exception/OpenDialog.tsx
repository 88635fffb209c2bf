import { Button, Form, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AttachmentList, AttachmentUpload } from '@/components/Attachments'
import { QuantityGrid } from '@/components/QuantityGrid'
import { errorsByPointer } from '@/lib/api/problem'
import type { Attachment, Order } from '@/lib/api/types'
import { isZero, readDecimal, trim } from '@/lib/decimal'
import { useNarrow } from '@/lib/viewport'
import { type ExceptionInput, type ExceptionKind, KINDS, useStep } from './queries'

/** What most likely went wrong, as the order stands. */
function usualOf(order: Order): ExceptionKind {
  if (order.shipments.some(shipment => shipment.status === 'shipped')) return 'delivery_cancelled'
  return order.lines.some(line => !isZero(line.open.value)) ? 'short_pick' : 'document_returned'
}

/** Records what went wrong with an order downstream, with what proves it. */
export default function OpenDialog({ order, onClose }: { order: Order; onClose: () => void }) {
  const { t } = useTranslation()
  const narrow = useNarrow()
  const onWay = order.shipments.filter(shipment => shipment.status === 'shipped')
  const [form] = Form.useForm<{ cause: string; shipment_id?: string }>()
  const [kind, setKind] = useState<ExceptionKind>(() => usualOf(order))
  const [values, setValues] = useState<Record<number, string>>({})
  const [proofs, setProofs] = useState<Attachment[]>([])
  const step = useStep<ExceptionInput>(`/orders/${order.id}/exceptions`, t('exception:open.done'), onClose)
  const errors = errorsByPointer(step.error)
  const lines = order.lines.filter(line => !isZero((kind === 'goods_refused' ? line.refused : line.open).value))
  const byLine = kind !== 'delivery_cancelled' && kind !== 'document_returned'
  const parts = lines.flatMap(line => {
    const quantity = readDecimal(values[line.line_no] ?? '')
    return quantity === null || isZero(quantity) ? [] : [{ line_no: line.line_no, quantity }]
  })
  const errorOf = (line: number) => {
    const place = parts.findIndex(part => part.line_no === line)
    return place < 0 ? undefined : errors.get(`/lines/${place}/quantity`)
  }
  const submit = (given: { cause: string; shipment_id?: string }) =>
    step.mutate({
      kind,
      cause: given.cause,
      lines: byLine ? parts : [],
      shipment_id: kind === 'delivery_cancelled' ? (given.shipment_id ?? null) : null,
      attachment_ids: proofs.map(file => file.id),
    })
  return (
    <Modal
      open
      title={t('exception:open.title', { number: order.number })}
      onCancel={onClose}
      width={600}
      footer={[
        <Button key="back" onClick={onClose}>
          {t('common:back')}
        </Button>,
        <Button
          key="ok"
          type="primary"
          loading={step.isPending}
          disabled={byLine && parts.length === 0}
          onClick={() => form.submit()}
        >
          {t('exception:open.verb')}
        </Button>,
      ]}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ cause: '', shipment_id: onWay[0]?.id }}
        onFinish={submit}
      >
        <Form.Item label={t('exception:field.kind')} htmlFor="exception-kind">
          <Select
            id="exception-kind"
            value={kind}
            onChange={setKind}
            options={KINDS.map(value => ({ value, label: t(`exception:kind.${value}`) }))}
          />
        </Form.Item>
        {kind === 'delivery_cancelled' && (
          <Form.Item
            name="shipment_id"
            label={t('exception:field.shipment')}
            extra={t('exception:open.all_back')}
            rules={[{ required: true, message: t('exception:open.none_on_way') }]}
            help={errors.get('/shipment_id')}
          >
            <Select options={onWay.map(shipment => ({ value: shipment.id, label: shipment.number }))} />
          </Form.Item>
        )}
        <Form.Item
          name="cause"
          label={t('exception:field.cause')}
          rules={[{ required: true, whitespace: true, message: t('common:required') }]}
          help={errors.get('/cause')}
        >
          <Input.TextArea autoFocus={!narrow} rows={2} maxLength={500} />
        </Form.Item>
      </Form>
      {byLine && lines.length === 0 && <p className="soft">{t('exception:open.no_lines')}</p>}
      {byLine && lines.length > 0 && (
        <QuantityGrid
          label={t('exception:field.parts')}
          figureLabels={[t('exception:open.most')]}
          fields={[{ id: 'quantity', label: t('exception:field.quantity') }]}
          lines={lines.map(line => ({
            key: line.line_no,
            code: line.product.code,
            name: line.name,
            spec: line.spec,
            unit: line.unit,
            figures: [trim((kind === 'goods_refused' ? line.refused : line.open).value)],
            error: errorOf(line.line_no),
          }))}
          values={{ quantity: values }}
          onChange={(_, key, value) => setValues(previous => ({ ...previous, [key]: value }))}
        />
      )}
      <div className="proof-box">
        <span className="soft">{t('exception:open.proof')}</span>
        <AttachmentList items={proofs} onRemove={id => setProofs(proofs.filter(file => file.id !== id))} />
        <AttachmentUpload
          kind="other"
          label={t('common:upload')}
          camera={narrow}
          onUploaded={file => setProofs(previous => [...previous, file])}
        />
      </div>
    </Modal>
  )
}

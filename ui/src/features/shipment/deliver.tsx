import { useQueryClient } from '@tanstack/react-query'
import { Button, Checkbox, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AttachmentList, AttachmentUpload } from '@/components/Attachments'
import { DateInput } from '@/components/DateInput'
import { QuantityGrid } from '@/components/QuantityGrid'
import { errorsByPointer } from '@/lib/api/problem'
import type { Attachment, Shipment } from '@/lib/api/types'
import { readDecimal, subtract, trim } from '@/lib/decimal'
import { today } from '@/lib/format'
import { useMessage } from '@/lib/message'
import { usePost } from '@/lib/step'
import { useNarrow } from '@/lib/viewport'

interface Signing {
  delivered_on: string
  signer: string
  note: string
}
interface Body extends Signing {
  lines: { line_no: number; accepted: string; refused: string }[] | null
  attachment_ids: string[]
}
type Values = Record<number, string>

/** Who signed for a delivery and when, what was refused, and the signed paper as photo or scan. */
export function DeliverShipment(props: { shipment: Shipment; onClose: () => void; onDone: () => void }) {
  const { shipment, onClose, onDone } = props
  const { t } = useTranslation()
  const message = useMessage()
  const client = useQueryClient()
  const narrow = useNarrow()
  const [form] = Form.useForm<Signing>()
  const [all, setAll] = useState(true)
  const [refused, setRefused] = useState<Values>({})
  const [proofs, setProofs] = useState<Attachment[]>([])
  const step = usePost<Body, unknown>(`/shipments/${shipment.id}/deliver`, {
    onDone: () => {
      for (const key of ['orders', 'shipments', 'my-work', 'dashboard', 'stock'])
        void client.invalidateQueries({ queryKey: [key] })
      void message.success(t('order:done.deliver'))
      onDone()
    },
  })
  const errors = errorsByPointer(step.error)
  const amount = (line: { line_no: number; quantity: { value: string } }) => {
    const back = readDecimal(refused[line.line_no] || '0')
    return back === null ? null : { accepted: subtract(line.quantity.value, back), refused: back }
  }
  const wrong = !all && shipment.lines.some(line => amount(line) === null)
  const submit = (given: Signing) =>
    step.mutate({
      ...given,
      attachment_ids: proofs.map(item => item.id),
      lines: all
        ? null
        : shipment.lines.map(line => ({ line_no: line.line_no, ...(amount(line) ?? { accepted: '0', refused: '0' }) })),
    })
  return (
    <Modal
      open
      title={t('order-step:title.deliver', { number: shipment.number })}
      onCancel={onClose}
      width={600}
      footer={[
        <Button key="back" onClick={onClose}>
          {t('common:back')}
        </Button>,
        <Button key="ok" type="primary" disabled={wrong} loading={step.isPending} onClick={() => form.submit()}>
          {t('order:deliver.confirm')}
        </Button>,
      ]}
    >
      <Form<Signing>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ delivered_on: today(), signer: '', note: '' }}
        onFinish={submit}
      >
        <div className="pair">
          <Form.Item
            name="signer"
            label={t('order:shipment.signer')}
            rules={[{ required: true, whitespace: true, message: t('common:required') }]}
            help={errors.get('/signer')}
          >
            <Input autoFocus={!narrow} maxLength={50} />
          </Form.Item>
          <Form.Item
            name="delivered_on"
            label={t('order:shipment.delivered_on')}
            rules={[{ required: true, message: t('common:required') }]}
          >
            <DateInput />
          </Form.Item>
        </div>
        <Form.Item name="note" label={t('common:note')}>
          <Input maxLength={200} />
        </Form.Item>
      </Form>
      <div className="gap-below proof-box">
        <span className="soft">{t('order:deliver.proof')}</span>
        <AttachmentList items={proofs} onRemove={id => setProofs(proofs.filter(item => item.id !== id))} />
        <AttachmentUpload
          kind="proof_of_delivery"
          label={t('common:upload')}
          camera={narrow}
          onUploaded={item => setProofs(previous => [...previous, item])}
        />
      </div>
      <Checkbox className="gap-below" checked={all} onChange={event => setAll(event.target.checked)}>
        {t('order:deliver.all')}
      </Checkbox>
      {!all && (
        <QuantityGrid
          label={t('order:line.title')}
          figureLabels={[t('order:line.shipped'), t('order:deliver.accepted')]}
          fields={[{ id: 'refused', label: t('order:deliver.refused') }]}
          lines={shipment.lines.map((line, index) => ({
            key: line.line_no,
            code: line.product.code,
            name: line.name,
            spec: line.spec,
            unit: line.unit,
            figures: [trim(line.quantity.value), trim(amount(line)?.accepted ?? line.quantity.value)],
            error: amount(line) === null ? t('common:not_number') : errors.get(`/lines/${index}/refused`),
          }))}
          values={{ refused }}
          onChange={(_, key, value) => setRefused(previous => ({ ...previous, [key]: value }))}
        />
      )}
    </Modal>
  )
}

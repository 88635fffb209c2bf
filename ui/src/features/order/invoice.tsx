import { Button, Form, Modal, Radio, Select } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DateInput } from '@/components/DateInput'
import { QuantityGrid } from '@/components/QuantityGrid'
import { errorsByPointer } from '@/lib/api/problem'
import { INVOICE_KINDS, type InvoiceKind, type OrderLine } from '@/lib/api/types'
import { isZero, trim } from '@/lib/decimal'
import { addDays, today } from '@/lib/format'
import { useCustomer } from './queries'
import { readQuantities } from './ship'
import { useOrderStep, type VerbProps } from './step'

interface Billing {
  issued_on: string
  due_on: string
  kind: InvoiceKind
}
interface Body extends Billing {
  lines: { line_no: number; quantity: string }[] | null
}

const unbilled = (line: OrderLine) => line.unbilled.value

/** An invoice over what is shipped and not yet billed, or over a part of it. */
export function InvoiceOrder({ order, onClose, onDone }: VerbProps) {
  const { t } = useTranslation()
  const [form] = Form.useForm<Billing>()
  const lines = useMemo(() => order.lines.filter(line => !isZero(unbilled(line))), [order])
  const [some, setSome] = useState(false)
  const [values, setValues] = useState<Record<number, string>>(() =>
    Object.fromEntries(lines.map(line => [line.line_no, trim(unbilled(line))])),
  )
  const terms = useCustomer(order.customer.id).data?.terms_days ?? 0
  const step = useOrderStep<Body>(order, 'invoice', { onDone })
  const read = readQuantities(values)
  const refused = errorsByPointer(step.error)
  return (
    <Modal
      open
      title={t('order-step:title.invoice', { number: order.number })}
      onCancel={onClose}
      width={some ? 680 : 480}
      footer={[
        <Button key="back" onClick={onClose}>
          {t('common:back')}
        </Button>,
        <Button
          key="ok"
          type="primary"
          disabled={some && (read.lines.length === 0 || read.wrong.size > 0)}
          loading={step.isPending}
          onClick={() => form.submit()}
        >
          {t('order:invoice.confirm')}
        </Button>,
      ]}
    >
      <Form<Billing>
        key={terms}
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ issued_on: today(), due_on: addDays(today(), terms), kind: 'special' }}
        onFinish={given => step.mutate({ ...given, lines: some ? read.lines : null })}
      >
        <Form.Item name="kind" label={t('order:invoice.kind')}>
          <Select options={INVOICE_KINDS.map(value => ({ value, label: t(`order:invoice_kind.${value}`) }))} />
        </Form.Item>
        <div className="pair">
          <Form.Item
            name="issued_on"
            label={t('order:invoice.issued_on')}
            rules={[{ required: true, message: t('common:required') }]}
          >
            <DateInput />
          </Form.Item>
          <Form.Item
            name="due_on"
            label={t('order:invoice.due_on')}
            rules={[{ required: true, message: t('common:required') }]}
          >
            <DateInput />
          </Form.Item>
        </div>
      </Form>
      {lines.length === 0 && <p className="soft">{t('order:invoice.rest_note')}</p>}
      <Radio.Group
        className="gap-below stack"
        value={some}
        onChange={event => setSome(event.target.value as boolean)}
        options={[
          { value: false, label: t('order:invoice.all') },
          { value: true, label: t('order:invoice.some'), disabled: lines.length === 0 },
        ]}
      />
      {some && (
        <QuantityGrid
          label={t('order:line.title')}
          figureLabels={[t('order:invoice.unbilled')]}
          fields={[{ id: 'quantity', label: t('order:invoice.quantity') }]}
          lines={lines.map(line => ({
            key: line.line_no,
            code: line.product.code,
            name: line.name,
            spec: line.spec,
            unit: line.unit,
            figures: [unbilled(line)],
            error: read.wrong.has(line.line_no)
              ? t('common:not_number')
              : refused.get(`/lines/${read.lines.findIndex(sent => sent.line_no === line.line_no)}/quantity`),
          }))}
          values={{ quantity: values }}
          onChange={(_, key, value) => setValues(previous => ({ ...previous, [key]: value }))}
        />
      )}
      <p className="soft">{t('order:invoice.last_note')}</p>
    </Modal>
  )
}

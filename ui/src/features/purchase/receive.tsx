import { Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { DateInput } from '@/components/DateInput'
import { DecimalInput } from '@/components/form/DecimalInput'
import { FormDialog } from '@/components/form/FormDialog'
import { numberRule } from '@/components/form/rules'
import { ScanInput } from '@/components/ScanInput'
import { post } from '@/lib/api/client'
import { ApiProblem } from '@/lib/api/problem'
import { isZero } from '@/lib/decimal'
import { findProduct } from '@/lib/find-product'
import { formatQuantity, today } from '@/lib/format'
import { useMessage } from '@/lib/message'
import { counted, placed, sentLines, type Values } from './arrival'
import { type Purchase, type PurchaseState, useRefreshPurchases } from './queries'

/** Goods that came in for a purchase order: scanned or typed, line by line. */
export default function Receive({ purchase, onClose }: { purchase: Purchase; onClose: () => void }) {
  const { t } = useTranslation()
  const message = useMessage()
  const refresh = useRefreshPurchases()
  const [form] = Form.useForm<Values>()
  const open = purchase.lines.filter(line => !isZero(line.open.value))
  const save = async (values: Values) => {
    const lines = sentLines(open, values)
    const body = { received_on: values.received_on, reference: values.reference, note: values.note, lines }
    try {
      await post<PurchaseState>(`/purchases/${purchase.id}/receive`, body, { version: purchase.version })
    } catch (error) {
      if (error instanceof ApiProblem) placed(error, open, lines)
      throw error
    }
    refresh()
    void message.success(t('purchase:did.receive'))
    onClose()
  }
  const scan = async (typed: string) => {
    const found = await findProduct(typed)
    if ('missing' in found) return { tone: 'late' as const, text: t(`purchase:scan.${found.missing}`, { text: typed }) }
    const values = form.getFieldsValue(true) as Values
    const at = counted(open, values, found.product.id)
    if (!at) return { tone: 'late' as const, text: t('purchase:scan.not_awaited', { name: found.product.name }) }
    form.setFieldValue(['lines', at.index, 'quantity'], at.quantity)
    return {
      tone: 'done' as const,
      text: t('purchase:scan.added', { name: found.product.name, quantity: at.quantity }),
    }
  }
  return (
    <FormDialog<Values>
      title={`${t('purchase:verb.receive')} ${purchase.number}`}
      draftKey={`purchase.receive.${purchase.id}.${purchase.version}`}
      form={form}
      initial={{ received_on: today(), reference: '', note: '', lines: open.map(() => ({ quantity: null })) }}
      onSubmit={save}
      onClose={onClose}
    >
      <ScanInput
        label={t('purchase:scan.label')}
        placeholder={t('purchase:scan.placeholder')}
        hint={t('purchase:scan.hint')}
        onScan={scan}
      />
      {open.map((line, at) => (
        <Form.Item
          key={line.line_no}
          name={['lines', at, 'quantity']}
          label={`${line.line_no} · ${line.product.name} ${line.product.code}`}
          extra={t('purchase:receive_hint', { open: formatQuantity(line.open), most: formatQuantity(line.most) })}
          rules={[numberRule(t, { min: '0', digits: 6 })]}
        >
          <DecimalInput suffix={line.unit} />
        </Form.Item>
      ))}
      <div className="pair">
        <Form.Item name="received_on" label={t('purchase:field.received_on')}>
          <DateInput />
        </Form.Item>
        <Form.Item name="reference" label={t('purchase:field.reference')}>
          <Input maxLength={60} />
        </Form.Item>
      </div>
      <Form.Item name="note" label={t('purchase:field.note')}>
        <Input maxLength={200} />
      </Form.Item>
    </FormDialog>
  )
}

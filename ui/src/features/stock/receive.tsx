/** Goods that come in, line by line: scanned, typed or pasted. Kept as a draft until they are received (INV-04). */
import { useQueryClient } from '@tanstack/react-query'
import { Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { FormPage, FormSection } from '@/components/form/FormPage'
import { chosenRule } from '@/components/form/rules'
import { Pick } from '@/components/Pick'
import { post } from '@/lib/api/client'
import { useMessage } from '@/lib/message'
import { atLines } from './atLines'
import { ReceiptLines } from './ReceiptLines'
import { ScanField } from './ScanField'

export interface ReceiptLine {
  product_id: string
  code: string
  name: string
  unit: string
  quantity: string | null
  tracking?: string
  bin?: string
  lot?: string
  status?: string
  made_on?: string | null
  expires_on?: string | null
}
interface Receipt {
  warehouse_id: string | null
  reference: string
  note: string
  lines: ReceiptLine[]
}

const EMPTY: Receipt = { warehouse_id: null, reference: '', note: '', lines: [] }

export function ReceiveStock() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const client = useQueryClient()
  const message = useMessage()
  const [form] = Form.useForm<Receipt>()
  const save = async (values: Receipt) => {
    const lines = values.lines.map(
      ({ product_id, quantity, bin = '', lot = '', status = 'free', made_on, expires_on }) => ({
        product_id,
        quantity,
        bin,
        lot,
        status,
        made_on: made_on ?? '',
        expires_on: expires_on ?? '',
      }),
    )
    await post('/stock/receive', { ...values, lines }).catch(error => atLines(error, values.lines))
    await client.invalidateQueries({ queryKey: ['stock'] })
    void message.success(t('stock:receive.done', { shown: lines.length }))
    void navigate(`/stock?warehouse=${values.warehouse_id}`, { replace: true })
  }
  return (
    <FormPage<Receipt>
      title={t('stock:receive.title')}
      draftKey="stock.receive"
      form={form}
      initial={EMPTY}
      submitLabel={t('stock:receive.submit')}
      onSubmit={save}
      onCancel={() => void navigate('/stock')}
    >
      <FormSection title={t('stock:receive.head')}>
        <Form.Item name="warehouse_id" label={t('stock:field.warehouse')} rules={[chosenRule(t)]}>
          <Pick kind="warehouse" />
        </Form.Item>
        <Form.Item name="reference" label={t('stock:receive.reference')}>
          <Input maxLength={60} placeholder={t('stock:receive.reference_hint')} />
        </Form.Item>
        <Form.Item name="note" label={t('common:note')} className="double">
          <Input maxLength={200} />
        </Form.Item>
      </FormSection>
      <FormSection title={t('stock:receive.lines')} flush>
        <Form.Item
          name="lines"
          rules={[
            {
              validator: (_, lines?: ReceiptLine[]) =>
                lines && lines.length > 0 ? Promise.resolve() : Promise.reject(new Error(t('stock:receive.no_lines'))),
            },
          ]}
        >
          <Lines />
        </Form.Item>
      </FormSection>
    </FormPage>
  )
}

/** The lines as one field of the form: what is scanned counts up its line, or adds one. */
function Lines({ value = [], onChange }: { value?: ReceiptLine[]; onChange?: (lines: ReceiptLine[]) => void }) {
  return (
    <>
      <ScanField lines={value} onChange={lines => onChange?.(lines)} />
      <ReceiptLines lines={value} onChange={lines => onChange?.(lines)} />
    </>
  )
}

/** What arrived of a transfer; all of it unless told. */
import { useQueryClient } from '@tanstack/react-query'
import { Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { DecimalInput } from '@/components/form/DecimalInput'
import { FormDialog } from '@/components/form/FormDialog'
import { numberRule } from '@/components/form/rules'
import { post } from '@/lib/api/client'
import type { Transfer } from '@/lib/api/types'
import { compare, isDecimal } from '@/lib/decimal'
import { useMessage } from '@/lib/message'

interface Values {
  bin: string
  lines: { line_no: number; quantity: string | null }[]
}

export default function ArrivalDialog({ transfer, onClose }: { transfer: Transfer; onClose: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const message = useMessage()
  const [form] = Form.useForm<Values>()
  const open = transfer.lines.filter(line => compare(line.open.value, '0') > 0)
  const save = async (values: Values) => {
    const lines = values.lines
      .map((line, place) => ({ line_no: open[place]?.line_no ?? 0, quantity: line.quantity }))
      .filter(line => line.quantity && isDecimal(line.quantity) && compare(line.quantity, '0') > 0)
    await post(`/transfers/${transfer.id}/receive`, { bin: values.bin, lines }, { version: transfer.version })
    await client.invalidateQueries({ queryKey: ['transfers'] })
    await client.invalidateQueries({ queryKey: ['stock'] })
    void message.success(t('place:transfer.did.receive'))
    onClose()
  }
  return (
    <FormDialog<Values>
      title={`${t('place:transfer.verb.receive')} ${transfer.number}`}
      draftKey={`transfer.receive.${transfer.id}.${transfer.version}`}
      form={form}
      width={520}
      submitLabel={t('place:transfer.verb.receive')}
      initial={{ bin: '', lines: open.map(line => ({ line_no: line.line_no, quantity: line.open.value })) }}
      onSubmit={save}
      onClose={onClose}
    >
      <Form.Item name="bin" label={t('place:to_bin')} extra={t('place:scan_bin')}>
        <Input maxLength={40} autoFocus />
      </Form.Item>
      {open.map((line, place) => (
        <Form.Item
          key={line.line_no}
          name={['lines', place, 'quantity']}
          label={`${line.product.name}${line.lot ? ` · ${line.lot}` : ''}`}
          rules={[numberRule(t, { min: '0', max: line.open.value, digits: 6 })]}
        >
          <DecimalInput suffix={line.open.unit} />
        </Form.Item>
      ))}
    </FormDialog>
  )
}

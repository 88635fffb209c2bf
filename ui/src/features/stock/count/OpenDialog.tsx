/** What is to be counted: a warehouse, a bin of it, or some products there. */
import { useQueryClient } from '@tanstack/react-query'
import { Checkbox, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '@/components/form/FormDialog'
import { RowsField } from '@/components/form/RowsField'
import { chosenRule } from '@/components/form/rules'
import { Pick } from '@/components/Pick'
import { post } from '@/lib/api/client'
import type { Saved } from '@/lib/api/types'
import { useMessage } from '@/lib/message'

interface Values {
  warehouse_id: string | null
  bin: string
  blind: boolean
  note: string
  products: { product_id: string | null }[]
}

export default function OpenDialog({ onClose, onSaved }: { onClose: () => void; onSaved: (id: string) => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const message = useMessage()
  const [form] = Form.useForm<Values>()
  const save = async (values: Values) => {
    const products = (values.products ?? []).map(row => row.product_id)
    const saved = await post<Saved>('/stock-counts', { ...values, products })
    await client.invalidateQueries({ queryKey: ['stock-counts'] })
    void message.success(t('place:saved'))
    onClose()
    onSaved(saved.id)
  }
  return (
    <FormDialog<Values>
      title={t('place:count_of.new')}
      draftKey="stock-count.new"
      form={form}
      width={520}
      submitLabel={t('place:count_of.open')}
      initial={{ warehouse_id: null, bin: '', blind: true, note: '', products: [] }}
      onSubmit={save}
      onClose={onClose}
    >
      <div className="pair">
        <Form.Item name="warehouse_id" label={t('stock:field.warehouse')} rules={[chosenRule(t)]}>
          <Pick kind="warehouse" autoFocus />
        </Form.Item>
        <Form.Item name="bin" label={t('stock:field.bin')} extra={t('place:count_of.bin_hint')}>
          <Input maxLength={40} />
        </Form.Item>
      </div>
      <RowsField<{ product_id: string | null }>
        name="products"
        label={t('stock:field.product')}
        template="1fr"
        blank={{ product_id: null }}
        addLabel={t('place:count_of.only_product')}
        fields={[
          {
            id: 'product_id',
            label: t('stock:field.product'),
            rules: [chosenRule(t)],
            control: <Pick kind="product" />,
          },
        ]}
      />
      <Form.Item name="blind" valuePropName="checked" extra={t('place:count_of.blind_hint')}>
        <Checkbox>{t('place:count_of.blind')}</Checkbox>
      </Form.Item>
      <Form.Item name="note" label={t('common:note')}>
        <Input maxLength={200} />
      </Form.Item>
    </FormDialog>
  )
}

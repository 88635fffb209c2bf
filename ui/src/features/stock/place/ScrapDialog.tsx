/** Out of the books for good. */
import { useQueryClient } from '@tanstack/react-query'
import { Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { DecimalInput } from '@/components/form/DecimalInput'
import { FormDialog } from '@/components/form/FormDialog'
import { numberRule, requiredRule } from '@/components/form/rules'
import { post } from '@/lib/api/client'
import type { StockPlace } from '@/lib/api/types'
import { useMessage } from '@/lib/message'
import { Here } from './Here'
import { PieceScan } from './PieceScan'

interface Values {
  quantity: string | null
  reason: string
}

export default function ScrapDialog({ place, onClose }: { place: StockPlace; onClose: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const message = useMessage()
  const [form] = Form.useForm<Values>()
  const save = async (values: Values) => {
    const { product_id, bin, lot, status } = place
    await post('/stock/scrap', { product_id, warehouse_id: place.warehouse.id, bin, lot, status, ...values })
    await client.invalidateQueries({ queryKey: ['stock'] })
    void message.success(t('place:scrap.done'))
    onClose()
  }
  return (
    <FormDialog<Values>
      title={t('place:scrap.label')}
      draftKey={`stock.scrap.${place.product_id}.${place.warehouse.id}.${place.bin}.${place.lot}.${place.status}`}
      form={form}
      width={460}
      submitLabel={t('place:scrap.submit')}
      initial={{ quantity: null, reason: '' }}
      onSubmit={save}
      onClose={onClose}
    >
      <Here place={place} />
      <PieceScan
        product={place.product_id}
        lot={place.lot}
        onCount={quantity => form.setFieldValue('quantity', quantity)}
      />
      <Form.Item
        name="quantity"
        label={t('place:quantity')}
        rules={[numberRule(t, { required: true, above: '0', max: place.on_hand.value, digits: 6 })]}
      >
        <DecimalInput autoFocus suffix={place.on_hand.unit} />
      </Form.Item>
      <Form.Item name="reason" label={t('common:reason')} rules={[requiredRule(t)]}>
        <Input maxLength={200} />
      </Form.Item>
    </FormDialog>
  )
}

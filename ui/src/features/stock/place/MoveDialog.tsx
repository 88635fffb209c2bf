/** To another bin, or into another status. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { AutoComplete, Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { DecimalInput } from '@/components/form/DecimalInput'
import { FormDialog } from '@/components/form/FormDialog'
import { numberRule } from '@/components/form/rules'
import { get, post } from '@/lib/api/client'
import type { Bin, StockPlace } from '@/lib/api/types'
import { useMessage } from '@/lib/message'
import { STATUSES } from '../ReceiptLines'
import { Here } from './Here'
import { PieceScan } from './PieceScan'

interface Values {
  quantity: string | null
  to_bin: string
  to_status: string
  reason: string
}

export default function MoveDialog({ place, onClose }: { place: StockPlace; onClose: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const message = useMessage()
  const [form] = Form.useForm<Values>()
  const status = Form.useWatch('to_status', form) ?? place.status
  const bins = useQuery({
    queryKey: ['warehouses', place.warehouse.id, 'bins'],
    queryFn: () => get<Bin[]>(`/warehouses/${place.warehouse.id}/bins`),
  })
  const save = async (values: Values) => {
    const { product_id, bin, lot } = place
    const from = { product_id, warehouse_id: place.warehouse.id, bin, lot, status: place.status }
    await post('/stock/move', { ...from, ...values, to_bin: values.to_bin ?? '' })
    await client.invalidateQueries({ queryKey: ['stock'] })
    void message.success(t('place:move.done'))
    onClose()
  }
  return (
    <FormDialog<Values>
      title={t('place:move.label')}
      draftKey={`stock.move.${place.product_id}.${place.warehouse.id}.${place.bin}.${place.lot}.${place.status}`}
      form={form}
      width={480}
      submitLabel={t('place:move.submit')}
      initial={{ quantity: place.on_hand.value, to_bin: place.bin, to_status: place.status, reason: '' }}
      onSubmit={save}
      onClose={onClose}
    >
      <Here place={place} />
      <PieceScan
        product={place.product_id}
        lot={place.lot}
        bins={bins.data ?? []}
        onBin={bin => form.setFieldValue('to_bin', bin)}
        onCount={quantity => form.setFieldValue('quantity', quantity)}
      />
      <Form.Item
        name="quantity"
        label={t('place:quantity')}
        rules={[numberRule(t, { required: true, above: '0', max: place.on_hand.value, digits: 6 })]}
      >
        <DecimalInput autoFocus suffix={place.on_hand.unit} />
      </Form.Item>
      <div className="pair">
        <Form.Item name="to_bin" label={t('place:to_bin')} extra={t('place:scan_bin')}>
          <AutoComplete
            options={(bins.data ?? [])
              .filter(bin => bin.active)
              .map(bin => ({ value: bin.code, label: `${bin.code} ${bin.name}` }))}
            showSearch={{
              filterOption: (typed, option) => (option?.label ?? '').toLowerCase().includes(typed.toLowerCase()),
            }}
          />
        </Form.Item>
        <Form.Item name="to_status" label={t('place:to_status')}>
          <Select options={STATUSES.map(value => ({ value, label: t(`stock:status.${value}`) }))} />
        </Form.Item>
      </div>
      <Form.Item
        name="reason"
        label={t('common:reason')}
        rules={[{ required: status !== place.status, message: t('place:reason_needed') }]}
      >
        <Input maxLength={200} />
      </Form.Item>
    </FormDialog>
  )
}

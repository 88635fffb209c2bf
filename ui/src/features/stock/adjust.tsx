import { useQueryClient } from '@tanstack/react-query'
import { Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { Facts } from '@/components/Facts'
import { DecimalInput } from '@/components/form/DecimalInput'
import { FormDialog } from '@/components/form/FormDialog'
import { numberRule, requiredRule } from '@/components/form/rules'
import { post } from '@/lib/api/client'
import type { StockPlace, StockRow } from '@/lib/api/types'
import { compare, isDecimal, isZero, subtract } from '@/lib/decimal'
import { formatQuantity } from '@/lib/format'
import { useMessage } from '@/lib/message'
import { PieceScan } from './place/PieceScan'

interface Values {
  counted: string | null
  reason: string
}
const REASONS = ['count', 'damage', 'lost', 'entry'] as const

/** Corrects what is on hand to what was counted; the difference goes into the ledger with its reason (INV-04). */
export function AdjustStock({ row, place, onClose }: { row: StockRow; place?: StockPlace; onClose: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const message = useMessage()
  const [form] = Form.useForm<Values>()
  const { product, warehouse } = row
  const save = async (values: Values) => {
    const { bin = '', lot = '', status = 'free' } = place ?? {}
    await post('/stock/adjust', { product_id: product.id, warehouse_id: warehouse.id, bin, lot, status, ...values })
    await client.invalidateQueries({ queryKey: ['stock'] })
    const quantity = formatQuantity({ value: values.counted ?? '0', unit: product.unit })
    void message.success(t('stock:adjust.done', { quantity }))
    onClose()
  }
  return (
    <FormDialog<Values>
      title={`${t('stock:adjust.title')} · ${product.name}`}
      draftKey={`stock.adjust.${product.id}.${warehouse.id}`}
      form={form}
      width={460}
      submitLabel={t('stock:adjust.submit')}
      initial={{ counted: null, reason: '' }}
      onSubmit={save}
      onClose={onClose}
    >
      <div className="gap-below">
        <Facts
          items={[
            { label: t('stock:field.warehouse'), value: warehouse.name },
            { label: t('stock:adjust.book'), value: formatQuantity(row.on_hand) },
            { label: t('stock:field.reserved'), value: formatQuantity(row.reserved) },
          ]}
        />
      </div>
      <PieceScan
        product={product.id}
        lot={place?.lot ?? ''}
        onCount={quantity => form.setFieldValue('counted', quantity)}
      />
      <Form.Item
        name="counted"
        label={t('stock:adjust.counted')}
        rules={[
          numberRule(t, { required: true, min: '0', digits: 6 }),
          {
            validator: (_, value?: string | null) => {
              if (!value || !isDecimal(value)) return Promise.resolve()
              if (compare(value, row.reserved.value) < 0) {
                return Promise.reject(new Error(t('stock:adjust.below', { reserved: formatQuantity(row.reserved) })))
              }
              return isZero(subtract(value, row.on_hand.value))
                ? Promise.reject(new Error(t('stock:adjust.same')))
                : Promise.resolve()
            },
          },
        ]}
        extra={<Difference row={row} />}
      >
        <DecimalInput autoFocus suffix={product.unit} />
      </Form.Item>
      <Form.Item
        name="reason"
        label={t('common:reason')}
        rules={[requiredRule(t)]}
        extra={
          <span className="quick-words">
            {REASONS.map(code => (
              <button
                key={code}
                type="button"
                className="chip"
                onClick={() => form.setFieldValue('reason', t(`stock:adjust.reason.${code}`))}
              >
                {t(`stock:adjust.reason.${code}`)}
              </button>
            ))}
          </span>
        }
      >
        <Input maxLength={200} />
      </Form.Item>
    </FormDialog>
  )
}

/** What follows from the count, in figures. */
function Difference({ row }: { row: StockRow }) {
  const { t } = useTranslation()
  const counted = Form.useWatch<string | null | undefined>('counted')
  if (!counted || !isDecimal(counted)) return null
  const difference = subtract(counted, row.on_hand.value)
  if (isZero(difference)) return null
  const gain = compare(difference, '0') > 0
  const quantity = formatQuantity({ value: difference.replace('-', ''), unit: row.product.unit })
  return <span className="ink-risk strong">{t(gain ? 'stock:adjust.gain' : 'stock:adjust.loss', { quantity })}</span>
}

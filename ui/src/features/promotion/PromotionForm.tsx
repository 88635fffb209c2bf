import { useQueryClient } from '@tanstack/react-query'
import { Checkbox, Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { DateInput } from '@/components/DateInput'
import { DecimalInput } from '@/components/form/DecimalInput'
import { FormDialog } from '@/components/form/FormDialog'
import { RowsField } from '@/components/form/RowsField'
import { chosenRule, numberRule } from '@/components/form/rules'
import { Pick } from '@/components/Pick'
import { post, put } from '@/lib/api/client'
import { CATEGORIES, CHANNELS, CURRENCIES, GRADES, type Promotion, type Saved } from '@/lib/api/types'
import { useMessage } from '@/lib/message'
import { useSession } from '@/lib/session'
import { EFFECTS, type PromotionValues, sentOf, valuesOf } from './input'

interface Props {
  promotion?: Promotion
  onClose: () => void
  onSaved?: (id: string) => void
}

/** Writes a promotion, or changes a draft. */
export default function PromotionForm({ promotion, onClose, onSaved }: Props) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const message = useMessage()
  const [form] = Form.useForm<PromotionValues>()
  const books = useSession().session.company.currency
  const effect = Form.useWatch('effect', form) ?? promotion?.effect ?? 'line_percent'
  const any = t('promotion:any')
  const save = async (values: PromotionValues) => {
    const body = sentOf(values)
    const saved = promotion
      ? await put<Saved>(`/promotions/${promotion.id}`, body, { version: promotion.version })
      : await post<Saved>('/promotions', body)
    await client.invalidateQueries({ queryKey: ['promotions'] })
    void message.success(t('promotion:saved'))
    onClose()
    onSaved?.(saved.id)
  }
  const label = (name: string) => t(`promotion:field.${name}`)
  return (
    <FormDialog<PromotionValues>
      title={promotion ? `${t('promotion:verb.edit')} ${promotion.code}` : t('promotion:new')}
      draftKey={`promotion.${promotion?.id ?? 'new'}`}
      form={form}
      width={640}
      initial={valuesOf(promotion, books)}
      onSubmit={save}
      onClose={onClose}
    >
      <div className="pair">
        <Form.Item name="code" label={label('code')} rules={[chosenRule(t)]}>
          <Input maxLength={40} autoFocus />
        </Form.Item>
        <Form.Item name={['names', 'zh-CN']} label={label('name_zh_cn')} rules={[chosenRule(t)]}>
          <Input maxLength={100} />
        </Form.Item>
      </div>
      <div className="pair">
        <Form.Item name={['names', 'zh-TW']} label={label('name_zh_tw')} rules={[chosenRule(t)]}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name={['names', 'en']} label={label('name_en')} rules={[chosenRule(t)]}>
          <Input maxLength={100} />
        </Form.Item>
      </div>
      <div className="pair">
        <Form.Item name="valid_from" label={label('valid_from')} rules={[chosenRule(t)]}>
          <DateInput />
        </Form.Item>
        <Form.Item name="valid_to" label={label('valid_to')} rules={[chosenRule(t)]}>
          <DateInput />
        </Form.Item>
      </div>
      <div className="pair">
        <Form.Item name="effect" label={label('effect')}>
          <Select options={EFFECTS.map(value => ({ value, label: t(`promotion:effect.${value}`) }))} />
        </Form.Item>
        {(effect === 'line_percent' || effect === 'order_percent') && (
          <Form.Item
            name="percent"
            label={label('percent')}
            rules={[numberRule(t, { required: true, min: '0', digits: 2 })]}
          >
            <DecimalInput />
          </Form.Item>
        )}
        {effect === 'unit_off' && (
          <Form.Item
            name="unit_off"
            label={label('unit_off')}
            rules={[numberRule(t, { required: true, min: '0', digits: 6 })]}
          >
            <DecimalInput />
          </Form.Item>
        )}
        {effect === 'order_amount' && (
          <Form.Item
            name="amount"
            label={label('amount')}
            rules={[numberRule(t, { required: true, min: '0', digits: 3 })]}
          >
            <DecimalInput />
          </Form.Item>
        )}
        {effect === 'free_units' && (
          <Form.Item name="most_free" label={label('most_free')} rules={[numberRule(t, { min: '0', digits: 6 })]}>
            <DecimalInput placeholder={any} />
          </Form.Item>
        )}
      </div>
      {effect === 'free_units' && (
        <div className="pair">
          <Form.Item name="buy" label={label('buy')} rules={[numberRule(t, { required: true, min: '0', digits: 6 })]}>
            <DecimalInput />
          </Form.Item>
          <Form.Item name="free" label={label('free')} rules={[numberRule(t, { required: true, min: '0', digits: 6 })]}>
            <DecimalInput />
          </Form.Item>
        </div>
      )}
      <div className="pair">
        <Form.Item name="min_quantity" label={label('min_quantity')} rules={[numberRule(t, { min: '0', digits: 6 })]}>
          <DecimalInput placeholder={any} />
        </Form.Item>
        <Form.Item name="min_goods" label={label('min_goods')} rules={[numberRule(t, { min: '0', digits: 3 })]}>
          <DecimalInput placeholder={any} />
        </Form.Item>
      </div>
      <RowsField<{ product_id: string | null }>
        name="products"
        label={label('products')}
        template="1fr"
        blank={{ product_id: null }}
        addLabel={t('promotion:add_product')}
        fields={[
          { id: 'product_id', label: label('product'), rules: [chosenRule(t)], control: <Pick kind="product" /> },
        ]}
      />
      <div className="pair">
        <Form.Item name="customer_id" label={label('customer')}>
          <Pick kind="customer" known={promotion?.customer} placeholder={t('promotion:everybody')} />
        </Form.Item>
        <Form.Item name="grade" label={label('grade')}>
          <Select allowClear placeholder={any} options={GRADES.map(value => ({ value, label: value }))} />
        </Form.Item>
      </div>
      <div className="pair">
        <Form.Item name="category" label={label('category')}>
          <Select
            allowClear
            placeholder={any}
            options={CATEGORIES.map(value => ({ value, label: t(`order:category.${value}`) }))}
          />
        </Form.Item>
        <Form.Item name="channel" label={label('channel')}>
          <Select
            allowClear
            placeholder={any}
            options={CHANNELS.map(value => ({ value, label: t(`order:channel.${value}`) }))}
          />
        </Form.Item>
      </div>
      <div className="pair">
        <Form.Item name="currency" label={label('currency')} rules={[chosenRule(t)]}>
          <Select showSearch options={CURRENCIES.map(value => ({ value, label: value }))} />
        </Form.Item>
        <Form.Item name="priority" label={label('priority')} rules={[numberRule(t, { min: '0', digits: 0 })]}>
          <DecimalInput placeholder="0" />
        </Form.Item>
      </div>
      <div className="pair">
        <Form.Item name="limit_total" label={label('limit_total')} rules={[numberRule(t, { min: '0', digits: 0 })]}>
          <DecimalInput placeholder={any} />
        </Form.Item>
        <Form.Item
          name="limit_customer"
          label={label('limit_customer')}
          rules={[numberRule(t, { min: '0', digits: 0 })]}
        >
          <DecimalInput placeholder={any} />
        </Form.Item>
      </div>
      <Form.Item name="combinable" valuePropName="checked" extra={t('promotion:combinable_hint')}>
        <Checkbox>{label('combinable')}</Checkbox>
      </Form.Item>
    </FormDialog>
  )
}

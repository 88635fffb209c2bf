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
import { ApiProblem } from '@/lib/api/problem'
import { CURRENCIES, type Rebate, type Saved } from '@/lib/api/types'
import { useMessage } from '@/lib/message'
import { useSession } from '@/lib/session'
import { BASES, type RebateValues, sentOf, valuesOf } from './input'

interface Props {
  rebate?: Rebate
  onClose: () => void
  onSaved?: (id: string) => void
}

/** Both kinds of what a tier gives stand in one column; so do their errors. */
function inColumns(error: unknown): never {
  if (error instanceof ApiProblem) {
    for (const field of error.errors) {
      field.pointer = field.pointer
        .replace(/\/(percent|per_unit)$/, '/gives')
        .replace(/^\/products\/(\d+)$/, '/products/$1/product_id')
    }
  }
  throw error
}

/** Writes a rebate agreement, or changes a draft. */
export default function RebateForm({ rebate, onClose, onSaved }: Props) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const message = useMessage()
  const [form] = Form.useForm<RebateValues>()
  const books = useSession().session.company.currency
  const basis = Form.useWatch('basis', form) ?? rebate?.basis ?? 'amount'
  const label = (name: string) => t(`rebate:field.${name}`)
  const save = async (values: RebateValues) => {
    const body = sentOf(values)
    const sent = rebate
      ? put<Saved>(`/rebates/${rebate.id}`, body, { version: rebate.version })
      : post<Saved>('/rebates', body)
    const saved = await sent.catch(inColumns)
    await client.invalidateQueries({ queryKey: ['rebates'] })
    void message.success(t('rebate:saved'))
    onClose()
    onSaved?.(saved.id)
  }
  const amount = basis === 'amount'
  return (
    <FormDialog<RebateValues>
      title={rebate ? `${t('rebate:verb.edit')} ${rebate.number}` : t('rebate:new')}
      draftKey={`rebate.${rebate?.id ?? 'new'}`}
      form={form}
      width={640}
      initial={valuesOf(rebate, books)}
      onSubmit={save}
      onClose={onClose}
    >
      <div className="pair">
        <Form.Item name="number" label={label('number')} rules={[chosenRule(t)]}>
          <Input maxLength={40} autoFocus />
        </Form.Item>
        <Form.Item name="customer_id" label={label('customer')} rules={[chosenRule(t)]}>
          <Pick kind="customer" known={rebate?.customer} />
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
        <Form.Item name="basis" label={label('basis')}>
          <Select options={BASES.map(value => ({ value, label: t(`rebate:basis.${value}`) }))} />
        </Form.Item>
        <Form.Item name="currency" label={label('currency')} rules={[chosenRule(t)]}>
          <Select showSearch options={CURRENCIES.map(value => ({ value, label: value }))} />
        </Form.Item>
      </div>
      <RowsField<{ from: string | null; gives: string | null }>
        name="tiers"
        label={label('tiers')}
        template="1fr 1fr"
        least={1}
        blank={{ from: null, gives: null }}
        addLabel={t('rebate:add_tier')}
        fields={[
          {
            id: 'from',
            label: t(`rebate:from.${basis}`),
            rules: [numberRule(t, { min: '0', digits: amount ? 3 : 6 })],
            control: <DecimalInput placeholder="0" />,
          },
          {
            id: 'gives',
            label: t(`rebate:gives.${basis}`),
            rules: [numberRule(t, { required: true, above: '0', digits: amount ? 2 : 6 })],
            control: <DecimalInput />,
          },
        ]}
      />
      <Form.Item name="whole" valuePropName="checked" extra={t('rebate:whole_hint')}>
        <Checkbox>{label('whole')}</Checkbox>
      </Form.Item>
      <RowsField<{ product_id: string | null }>
        name="products"
        label={label('products')}
        template="1fr"
        blank={{ product_id: null }}
        addLabel={t('rebate:add_product')}
        fields={[
          { id: 'product_id', label: label('product'), rules: [chosenRule(t)], control: <Pick kind="product" /> },
        ]}
      />
      <p className="soft">{t('rebate:products_hint')}</p>
    </FormDialog>
  )
}

import { useQueryClient } from '@tanstack/react-query'
import { Form, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { DateInput } from '@/components/DateInput'
import { DecimalInput } from '@/components/form/DecimalInput'
import { FormDialog } from '@/components/form/FormDialog'
import { RowsField } from '@/components/form/RowsField'
import { chosenRule, numberRule } from '@/components/form/rules'
import { Pick } from '@/components/Pick'
import type { Picked } from '@/components/picked'
import { post } from '@/lib/api/client'
import { ApiProblem } from '@/lib/api/problem'
import { CATEGORIES, CHANNELS, CURRENCIES, GRADES } from '@/lib/api/types'
import { today } from '@/lib/format'
import { useMessage } from '@/lib/message'
import { useSession } from '@/lib/session'

interface Step {
  min_quantity: string | null
  unit_price: string | null
}
interface Values {
  product_id: string | null
  customer_id: string | null
  grade: string | null
  category: string | null
  channel: string | null
  currency: string | null
  valid_from: string | null
  valid_to: string | null
  steps: Step[]
}

/** A problem of the entry at `index` as a problem of the form: quantity and price stand in its steps. */
function placed(error: unknown, index: number): unknown {
  if (!(error instanceof ApiProblem)) return error
  const errors = error.errors.map(item => ({
    ...item,
    pointer: item.pointer.replace(/^\/(min_quantity|unit_price)/, `/steps/${index}/$1`),
  }))
  return new ApiProblem({ ...error, detail: error.detail, title: error.title, errors })
}

interface Props {
  product?: Picked | null
  customer?: Picked | null
  onClose: () => void
}

/** New entries of the price book: one product for one customer or all, in one or more quantity steps. */
export function CreatePrice({ product, customer, onClose }: Props) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const message = useMessage()
  const [form] = Form.useForm<Values>()
  const books = useSession().session.company.currency
  const any = t('price:any')
  const save = async (values: Values) => {
    const { steps, ...head } = values
    let done = 0
    try {
      for (const step of steps) {
        await post('/prices', {
          ...head,
          ...step,
          min_quantity: step.min_quantity ?? '0',
        })
        done += 1
      }
    } catch (error) {
      // What is in the book already must not be sent again.
      form.setFieldValue('steps', steps.slice(done))
      throw placed(error, 0)
    } finally {
      void client.invalidateQueries({ queryKey: ['prices'] })
      void client.invalidateQueries({ queryKey: ['products'] })
    }
    void message.success(t('price:created', { shown: done }))
    onClose()
  }
  return (
    <FormDialog<Values>
      title={t('price:new')}
      draftKey={`price.new.${product?.id ?? ''}.${customer?.id ?? ''}`}
      form={form}
      width={560}
      initial={{
        product_id: product?.id ?? null,
        customer_id: customer?.id ?? null,
        grade: null,
        category: null,
        channel: null,
        currency: books,
        valid_from: today(),
        valid_to: null,
        steps: [{ min_quantity: null, unit_price: null }],
      }}
      onSubmit={save}
      onClose={onClose}
    >
      <Form.Item name="product_id" label={t('price:field.product')} rules={[chosenRule(t)]}>
        <Pick kind="product" known={product} autoFocus={!product} disabled={Boolean(product)} />
      </Form.Item>
      <Form.Item name="customer_id" label={t('price:field.customer')} extra={t('price:hint.customer')}>
        <Pick kind="customer" known={customer} disabled={Boolean(customer)} />
      </Form.Item>
      <div className="pair">
        <Form.Item name="grade" label={t('price:field.grade')}>
          <Select allowClear placeholder={any} options={GRADES.map(value => ({ value, label: value }))} />
        </Form.Item>
        <Form.Item name="category" label={t('price:field.category')}>
          <Select
            allowClear
            placeholder={any}
            options={CATEGORIES.map(value => ({ value, label: t(`order:category.${value}`) }))}
          />
        </Form.Item>
      </div>
      <div className="pair">
        <Form.Item name="channel" label={t('price:field.channel')}>
          <Select
            allowClear
            placeholder={any}
            options={CHANNELS.map(value => ({ value, label: t(`order:channel.${value}`) }))}
          />
        </Form.Item>
        <Form.Item
          name="currency"
          label={t('price:field.currency')}
          extra={t('price:hint.currency')}
          rules={[chosenRule(t)]}
        >
          <Select showSearch options={CURRENCIES.map(value => ({ value, label: value }))} />
        </Form.Item>
      </div>
      <div className="pair">
        <Form.Item name="valid_from" label={t('price:field.valid_from')} rules={[chosenRule(t)]}>
          <DateInput />
        </Form.Item>
        <Form.Item
          name="valid_to"
          label={t('price:field.valid_to')}
          extra={t('price:hint.valid_to')}
          dependencies={['valid_from']}
          rules={[
            {
              validator: (_, value?: string | null) =>
                value && value < (form.getFieldValue('valid_from') ?? '')
                  ? Promise.reject(new Error(t('price:check.dates')))
                  : Promise.resolve(),
            },
          ]}
        >
          <DateInput />
        </Form.Item>
      </div>
      <RowsField<Step>
        name="steps"
        label={t('price:steps')}
        template="1fr 1fr"
        blank={{ min_quantity: null, unit_price: null }}
        addLabel={t('price:step.add')}
        least={1}
        fields={[
          {
            id: 'min_quantity',
            label: t('price:field.min_quantity'),
            rules: [
              numberRule(t, { min: '0', digits: 6 }),
              {
                validator: (_, value?: string | null) =>
                  (form.getFieldValue('steps') as Step[]).filter(step => (step.min_quantity ?? '0') === (value ?? '0'))
                    .length > 1
                    ? Promise.reject(new Error(t('price:check.double')))
                    : Promise.resolve(),
              },
            ],
            control: <DecimalInput placeholder={t('price:any_quantity')} />,
          },
          {
            id: 'unit_price',
            label: t('price:field.unit_price'),
            rules: [numberRule(t, { required: true, min: '0', digits: 6 })],
            control: <DecimalInput />,
          },
        ]}
      />
    </FormDialog>
  )
}

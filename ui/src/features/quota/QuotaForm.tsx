import { Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { DateInput } from '@/components/DateInput'
import { DecimalInput } from '@/components/form/DecimalInput'
import { FormDialog } from '@/components/form/FormDialog'
import { chosenRule, numberRule, requiredRule } from '@/components/form/rules'
import { Pick } from '@/components/Pick'
import { post, put } from '@/lib/api/client'
import { CHANNELS, GRADES, type Saved } from '@/lib/api/types'
import { isZero } from '@/lib/decimal'
import { formatQuantity } from '@/lib/format'
import { useMessage } from '@/lib/message'
import { type QuotaValues, toSend, valuesOf } from './input'
import { type Quota, useRefreshQuotas } from './queries'

interface Props {
  quota: Quota | null
  /** The product of a new one. */
  product?: string | null
  onClose: () => void
  onDone?: (id: string) => void
}

/** A new quota, or one that is there. Once orders took of it, for whom it is stays. */
export default function QuotaForm({ quota, product, onClose, onDone }: Props) {
  const { t } = useTranslation()
  const message = useMessage()
  const refresh = useRefreshQuotas()
  const taken = quota !== null && !isZero(quota.taken.value)
  const any = t('quota:any')
  const label = (name: string) => t(`quota:field.${name}`)
  const save = async (values: QuotaValues) => {
    const body = toSend(values)
    const saved = quota
      ? await put<Saved>(`/quotas/${quota.id}`, body, { version: quota.version })
      : await post<Saved>('/quotas', body)
    await refresh()
    void message.success(t('quota:saved'))
    onClose()
    onDone?.(saved.id)
  }
  return (
    <FormDialog<QuotaValues>
      title={quota ? `${t('common:edit')} ${quota.code}` : t('quota:new')}
      draftKey={`quota.${quota ? `${quota.id}.${quota.version}` : 'new'}`}
      initial={valuesOf(quota, product ?? null)}
      onSubmit={save}
      onClose={onClose}
    >
      <div className="pair">
        <Form.Item name="code" label={label('code')} rules={[requiredRule(t)]}>
          <Input maxLength={40} autoFocus />
        </Form.Item>
        <Form.Item name="name" label={label('name')} rules={[requiredRule(t)]}>
          <Input maxLength={200} />
        </Form.Item>
      </div>
      <div className="pair">
        <Form.Item name="product_id" label={label('product')} rules={[chosenRule(t)]}>
          <Pick kind="product" clearable={false} known={quota?.product} disabled={taken} />
        </Form.Item>
        <Form.Item
          name="quantity"
          label={label('quantity')}
          rules={[numberRule(t, { required: true, min: '0', digits: 6 })]}
          extra={taken ? t('quota:taken_hint', { taken: formatQuantity(quota.taken) }) : t('quota:quantity_hint')}
        >
          <DecimalInput suffix={quota?.quantity.unit} />
        </Form.Item>
      </div>
      <div className="pair">
        <Form.Item name="valid_from" label={label('valid_from')} rules={[chosenRule(t)]}>
          <DateInput />
        </Form.Item>
        <Form.Item name="valid_to" label={label('valid_to')} rules={[chosenRule(t)]} extra={t('quota:period_hint')}>
          <DateInput />
        </Form.Item>
      </div>
      <div className="pair">
        <Form.Item name="grade" label={label('grade')}>
          <Select
            allowClear
            disabled={taken}
            placeholder={any}
            options={GRADES.map(value => ({ value, label: value }))}
          />
        </Form.Item>
        <Form.Item name="channel" label={label('channel')}>
          <Select
            allowClear
            disabled={taken}
            placeholder={any}
            options={CHANNELS.map(value => ({ value, label: t(`order:channel.${value}`) }))}
          />
        </Form.Item>
      </div>
      <Form.Item name="region" label={label('region')} extra={taken ? t('quota:scope_hint') : t('quota:region_hint')}>
        <Input maxLength={100} disabled={taken} placeholder={any} />
      </Form.Item>
    </FormDialog>
  )
}

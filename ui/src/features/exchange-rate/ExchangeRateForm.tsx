import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Form, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { DateInput } from '@/components/DateInput'
import { DecimalInput } from '@/components/form/DecimalInput'
import { FormDialog } from '@/components/form/FormDialog'
import { chosenRule, numberRule } from '@/components/form/rules'
import { get, post, put } from '@/lib/api/client'
import { CURRENCIES, type ExchangeRate } from '@/lib/api/types'
import { today } from '@/lib/format'
import { useMessage } from '@/lib/message'
import { useSession } from '@/lib/session'

type ExchangeRateInput = { currency: string | null; rate: string | null; valid_from: string | null }

/** A new exchange rate (`id` is `new`), or one to be changed. */
export function ExchangeRateForm({ id, onClose }: { id: string; onClose: () => void }) {
  const found = useQuery({
    queryKey: ['exchange-rates', 'one', id],
    queryFn: () => get<ExchangeRate>(`/exchange-rates/${id}`),
    enabled: id !== 'new',
  })
  if (id === 'new') return <Fields rate={null} onClose={onClose} />
  return found.data ? <Fields rate={found.data} onClose={onClose} /> : null
}

function Fields({ rate, onClose }: { rate: ExchangeRate | null; onClose: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const message = useMessage()
  const books = useSession().session.company.currency
  const save = async (values: ExchangeRateInput) => {
    if (rate) await put(`/exchange-rates/${rate.id}`, values, { version: rate.version })
    else await post('/exchange-rates', values)
    await client.invalidateQueries({ queryKey: ['exchange-rates'] })
    void message.success(t('exchange-rate:saved'))
    onClose()
  }
  const options = CURRENCIES.filter(code => code !== books).map(value => ({ value, label: value }))
  return (
    <FormDialog<ExchangeRateInput>
      title={t(rate ? 'exchange-rate:edit' : 'exchange-rate:new')}
      draftKey={`exchange-rate.${rate ? `${rate.id}.${rate.version}` : 'new'}`}
      initial={{
        currency: rate?.currency ?? null,
        rate: rate?.rate ?? null,
        valid_from: rate?.valid_from ?? today(),
      }}
      onSubmit={save}
      onClose={onClose}
    >
      <div className="pair">
        <Form.Item name="currency" label={t('exchange-rate:field.currency')} rules={[chosenRule(t)]}>
          <Select options={options} showSearch autoFocus={!rate} />
        </Form.Item>
        <Form.Item name="valid_from" label={t('exchange-rate:field.valid_from')} rules={[chosenRule(t)]}>
          <DateInput />
        </Form.Item>
      </div>
      <Form.Item
        name="rate"
        label={t('exchange-rate:field.rate')}
        extra={t('exchange-rate:hint.rate', { books })}
        rules={[numberRule(t, { required: true, above: '0', digits: 9 })]}
      >
        <DecimalInput />
      </Form.Item>
      <p className="soft">{t('exchange-rate:hint.orders')}</p>
    </FormDialog>
  )
}

/** A contract being written: with whom and for how long, what orders are checked against, prices and frame quantities. */
import { useQueryClient } from '@tanstack/react-query'
import { Checkbox, Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import { DateInput } from '@/components/DateInput'
import { ErrorState } from '@/components/ErrorState'
import { DecimalInput } from '@/components/form/DecimalInput'
import { FormPage, FormSection } from '@/components/form/FormPage'
import { RowsField } from '@/components/form/RowsField'
import { chosenRule, numberRule, requiredRule } from '@/components/form/rules'
import { WholeInput } from '@/components/form/WholeInput'
import { PageSkeleton } from '@/components/PageSkeleton'
import { Pick } from '@/components/Pick'
import { post, put } from '@/lib/api/client'
import { CONTRACT_TERMS, type Contract, type ContractState, SETTLEMENTS } from '@/lib/api/types'
import { useMessage } from '@/lib/message'
import { useUrlState } from '@/lib/url-state'
import { blankLine, formOf, type LineForm, newContract, toSend, type ContractForm as Values } from './input'
import { useContract } from './queries'

/** A new contract, or a draft to be changed. */
export function ContractForm() {
  const { id = '' } = useParams()
  const found = useContract(id)
  if (id === '') return <Fields contract={null} />
  if (found.isError) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />
  if (!found.data) return <PageSkeleton />
  return <Fields key={found.data.id} contract={found.data} />
}

function Fields({ contract }: { contract: Contract | null }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const client = useQueryClient()
  const message = useMessage()
  const [url] = useUrlState()
  const initial = contract ? formOf(contract) : newContract(url.customer ?? null)
  const save = async (values: Values) => {
    const body = toSend(values)
    const saved = contract
      ? await put<ContractState>(`/contracts/${contract.id}`, body, { version: contract.version })
      : await post<ContractState>('/contracts', body)
    await client.invalidateQueries({ queryKey: ['contracts'] })
    void message.success(t('contract:did.edit'))
    void navigate(`/contracts/${saved.id}`, { replace: true })
  }
  return (
    <FormPage<Values>
      title={contract ? `${t('contract:verb.edit')} ${contract.number}` : t('contract:new')}
      draftKey={`contract.${contract ? `${contract.id}.${contract.version}` : 'new'}`}
      initial={initial}
      onSubmit={save}
      onCancel={() => void navigate(contract ? `/contracts/${contract.id}` : '/contracts')}
    >
      <FormSection title={t('contract:section.who')}>
        <Form.Item name="customer_id" label={t('contract:field.customer')} rules={[chosenRule(t)]}>
          <Pick kind="customer" clearable={false} autoFocus={!contract} known={contract?.customer} />
        </Form.Item>
        <Form.Item name="title" label={t('contract:field.title')} rules={[requiredRule(t)]}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="customer_ref" label={t('contract:field.customer_ref')}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="valid_from" label={t('contract:field.valid_from')} rules={[chosenRule(t)]}>
          <DateInput />
        </Form.Item>
        <Form.Item name="valid_to" label={t('contract:field.valid_to')} rules={[chosenRule(t)]}>
          <DateInput />
        </Form.Item>
      </FormSection>
      <Checked />
      <FormSection title={t('contract:lines')} flush>
        <p className="soft">{t('contract:lines_hint')}</p>
        <RowsField<LineForm>
          name="lines"
          label={t('contract:lines')}
          template="minmax(180px, 3fr) minmax(110px, 1fr) minmax(110px, 1fr) minmax(120px, 2fr)"
          blank={blankLine}
          addLabel={t('contract:add_line')}
          fields={[
            {
              id: 'product_id',
              label: t('contract:field.product'),
              rules: [chosenRule(t)],
              control: <Pick kind="product" clearable={false} />,
            },
            {
              id: 'unit_price',
              label: t('contract:field.unit_price'),
              rules: [numberRule(t, { required: true, min: '0', digits: 6 })],
              control: <DecimalInput />,
            },
            {
              id: 'quantity',
              label: t('contract:field.quantity'),
              rules: [numberRule(t, { above: '0', digits: 6 })],
              control: <DecimalInput placeholder={t('contract:price_only')} />,
            },
            { id: 'note', label: t('contract:field.note'), control: <Input maxLength={500} /> },
          ]}
        />
        <Form.Item name="tax_inclusive" valuePropName="checked">
          <Checkbox>{t('order:field.tax_inclusive')}</Checkbox>
        </Form.Item>
      </FormSection>
      <Words />
    </FormPage>
  )
}

/** What orders are compared with, and where they must not depart from it. */
function Checked() {
  const { t } = useTranslation()
  return (
    <FormSection title={t('contract:section.checked')}>
      <Form.Item name="settlement" label={t('contract:field.settlement')}>
        <Select
          allowClear
          placeholder={t('contract:free')}
          options={SETTLEMENTS.map(value => ({ value, label: t(`order:settlement.${value}`) }))}
        />
      </Form.Item>
      <Form.Item
        name="deposit_rate"
        label={t('contract:field.deposit_rate')}
        rules={[numberRule(t, { min: '0', max: '100', digits: 2 })]}
      >
        <DecimalInput suffix="%" placeholder={t('contract:free')} />
      </Form.Item>
      <Form.Item name="credit_days" label={t('contract:field.credit_days')}>
        <WholeInput max={366} suffix={t('contract:day')} />
      </Form.Item>
      <Form.Item name="lead_days" label={t('contract:field.lead_days')}>
        <WholeInput max={3650} suffix={t('contract:day')} />
      </Form.Item>
      <Form.Item
        name="binding"
        label={t('contract:field.binding')}
        extra={t('contract:binding_hint')}
        style={{ gridColumn: '1 / -1' }}
      >
        <Select
          mode="multiple"
          options={CONTRACT_TERMS.filter(value => value !== 'currency').map(value => ({
            value,
            label: t(`contract:term.${value}`),
          }))}
        />
      </Form.Item>
    </FormSection>
  )
}

/** What is agreed in words. */
function Words() {
  const { t } = useTranslation()
  return (
    <FormSection title={t('contract:section.words')} flush>
      {(['terms', 'credit_terms', 'delivery_terms'] as const).map(name => (
        <Form.Item key={name} name={name} label={t(`contract:field.${name}`)}>
          <Input.TextArea
            autoSize={{ minRows: name === 'terms' ? 3 : 1, maxRows: 16 }}
            maxLength={name === 'terms' ? 20000 : 2000}
          />
        </Form.Item>
      ))}
    </FormSection>
  )
}

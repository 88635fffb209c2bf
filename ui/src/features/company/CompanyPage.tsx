import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Form, Input, Radio, Select, Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { ErrorState } from '@/components/ErrorState'
import { DecimalInput } from '@/components/form/DecimalInput'
import { FormPage, FormSection } from '@/components/form/FormPage'
import { chosenRule, numberRule, requiredRule } from '@/components/form/rules'
import { WholeInput } from '@/components/form/WholeInput'
import { PageSkeleton } from '@/components/PageSkeleton'
import { SettingsTabs } from '@/components/SettingsTabs'
import { get, put } from '@/lib/api/client'
import type { Company } from '@/lib/api/types'
import { today } from '@/lib/format'
import { useMessage } from '@/lib/message'
import { exampleNumber } from './pattern'

type CompanyInput = Omit<Company, 'id' | 'version' | 'code' | 'currency' | 'blueprint_no'>

const ZONES = Intl.supportedValuesOf('timeZone').map(value => ({ value, label: value }))

/** The settings of the company. */
export function CompanyPage() {
  const found = useQuery({ queryKey: ['company'], queryFn: () => get<Company>('/company') })
  if (found.isError) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />
  if (!found.data) return <PageSkeleton />
  return <Settings key={found.data.version} company={found.data} />
}

function Settings({ company }: { company: Company }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const client = useQueryClient()
  const message = useMessage()
  const { id: _, version, code, currency, blueprint_no, ...rest } = company
  const save = async (values: CompanyInput) => {
    await put('/company', values, { version })
    await client.invalidateQueries({ queryKey: ['company'] })
    void message.success(t('company:saved'))
  }
  return (
    <FormPage<CompanyInput>
      title={t('nav:settings')}
      above={<SettingsTabs />}
      draftKey={`company.${version}`}
      initial={rest}
      onSubmit={save}
      onCancel={() => void navigate(-1)}
    >
      <FormSection title={t('company:section.company')}>
        <Form.Item label={t('company:field.code')} extra={t('company:hint.code')} htmlFor="company-code">
          <Input id="company-code" value={code} disabled />
        </Form.Item>
        <Form.Item name="name" label={t('company:field.name')} rules={[requiredRule(t)]} className="double">
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="time_zone" label={t('company:field.time_zone')} rules={[chosenRule(t)]}>
          <Select showSearch options={ZONES} />
        </Form.Item>
      </FormSection>
      <Orders blueprint={blueprint_no} />
      <Numbers />
      <FormSection title={t('company:section.tax')}>
        <Form.Item label={t('company:field.currency')} extra={t('company:hint.currency')} htmlFor="company-currency">
          <Input id="company-currency" value={currency} disabled />
        </Form.Item>
        <Form.Item
          name="default_tax_rate"
          label={t('company:field.default_tax_rate')}
          rules={[numberRule(t, { required: true, min: '0', max: '100', digits: 2 })]}
        >
          <DecimalInput suffix="%" />
        </Form.Item>
        <Form.Item
          name="tax_rounding"
          label={t('company:field.tax_rounding')}
          extra={t('company:hint.tax_rounding')}
          className="double"
        >
          <Radio.Group
            optionType="button"
            options={(['line', 'document'] as const).map(value => ({
              value,
              label: t(`company:tax_rounding.${value}`),
            }))}
          />
        </Form.Item>
      </FormSection>
    </FormPage>
  )
}

function Orders({ blueprint }: { blueprint: number }) {
  const { t } = useTranslation()
  return (
    <FormSection title={t('company:section.orders')}>
      <Form.Item label={t('company:field.rules')} extra={t('company:hint.rules')} className="double">
        <Link to={`/rules/${blueprint}`}>
          {blueprint === 0 ? t('company:rules.product') : t('company:rules.version', { number: blueprint })}
        </Link>
      </Form.Item>
      <Form.Item
        name="follow_up_days"
        label={t('company:field.follow_up_days')}
        extra={t('company:hint.follow_up_days')}
        rules={[chosenRule(t)]}
        className="double"
      >
        <WholeInput max={365} />
      </Form.Item>
      <Form.Item
        name="cart_hold_minutes"
        label={t('company:field.cart_hold_minutes')}
        extra={t('company:hint.cart_hold_minutes')}
        rules={[chosenRule(t)]}
        className="double"
      >
        <WholeInput max={4320} />
      </Form.Item>
      <Form.Item
        name="reserve_hours"
        label={t('company:field.reserve_hours')}
        extra={t('company:hint.reserve_hours')}
        rules={[chosenRule(t)]}
        className="double"
      >
        <WholeInput max={8760} />
      </Form.Item>
      <Form.Item
        name="promise_dates"
        label={t('company:field.promise_dates')}
        extra={t('company:hint.promise_dates')}
        valuePropName="checked"
        className="double"
      >
        <Switch />
      </Form.Item>
    </FormSection>
  )
}

/** What has a number, and so a pattern for it. */
const PATTERNS = [
  'order_pattern',
  'change_pattern',
  'inquiry_pattern',
  'purchase_pattern',
  'shipment_pattern',
  'invoice_pattern',
  'payment_pattern',
  'task_pattern',
] as const

function Numbers() {
  const { t } = useTranslation()
  return (
    <FormSection title={t('company:section.numbers')}>
      <p className="soft wide">{t('company:hint.pattern_help')}</p>
      {PATTERNS.map(field => (
        <Pattern key={field} field={field} />
      ))}
    </FormSection>
  )
}

function Pattern({ field }: { field: (typeof PATTERNS)[number] }) {
  const { t } = useTranslation()
  const pattern = Form.useWatch<string | undefined>(field)
  const example = exampleNumber(pattern ?? '', today())
  return (
    <Form.Item
      name={field}
      label={t(`company:field.${field}`)}
      extra={example && t('company:hint.pattern', { example })}
      rules={[
        requiredRule(t),
        {
          validator: (_, value?: string) =>
            !value || exampleNumber(value, today()) !== null
              ? Promise.resolve()
              : Promise.reject(new Error(t('company:check.pattern'))),
        },
      ]}
    >
      <Input maxLength={40} className="mono" />
    </Form.Item>
  )
}

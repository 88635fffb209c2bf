import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Form, Input, Radio, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { FirstPassword, type Secret } from '@/components/form/FirstPassword'
import { FormPage, FormSection } from '@/components/form/FormPage'
import { chosenRule, requiredRule } from '@/components/form/rules'
import { get, post } from '@/lib/api/client'
import type { Language, ReadyBlueprint, Saved } from '@/lib/api/types'
import { LANGUAGES } from '@/lib/i18n'
import { useSession } from '@/lib/session'

interface CompanyInput {
  code: string
  name: string
  currency: string
  time_zone: string
  rules: string
  warehouse: string
  admin: { username: string; name: string; email: string; language: Language }
}

const ZONES = Intl.supportedValuesOf('timeZone').map(value => ({ value, label: value }))

function useCurrencies() {
  const { i18n } = useTranslation()
  const names = new Intl.DisplayNames([i18n.language], { type: 'currency' })
  return Intl.supportedValuesOf('currency').map(value => ({ value, label: `${value} ${names.of(value)}` }))
}

/** A further company on this server, with its first administrator. */
export function CompanyForm() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const client = useQueryClient()
  const { session } = useSession()
  const currencies = useCurrencies()
  const beginnings = useQuery({
    queryKey: ['blueprints', 'ready'],
    queryFn: () => get<ReadyBlueprint[]>('/blueprints/ready'),
  })
  // The first password stays out of the values, since those are kept as a draft.
  const [secret] = Form.useForm<Secret>()
  const save = async (values: CompanyInput) => {
    const { password } = await secret.validateFields()
    const saved = await post<Saved>('/companies', { ...values, admin: { ...values.admin, password } })
    await client.invalidateQueries({ queryKey: ['companies'] })
    void navigate(`/companies?company=${saved.id}&founded=${encodeURIComponent(values.admin.username)}`)
  }
  return (
    <FormPage<CompanyInput>
      title={t('company:new')}
      draftKey="company.new"
      initial={{
        code: '',
        name: '',
        currency: session.company.currency,
        time_zone: session.company.time_zone,
        rules: 'standard',
        warehouse: t('company:main_warehouse'),
        admin: { username: 'admin', name: '', email: '', language: session.user.language },
      }}
      above={<Alert type="info" showIcon className="gap-below" title={t('company:intro')} />}
      submitLabel={t('company:new')}
      onSubmit={save}
      onCancel={() => void navigate('/companies')}
    >
      <FormSection title={t('company:section.company')}>
        <Form.Item
          name="code"
          label={t('company:field.code')}
          extra={t('company:hint.new_code')}
          rules={[requiredRule(t)]}
        >
          <Input maxLength={40} autoFocus autoComplete="off" />
        </Form.Item>
        <Form.Item name="name" label={t('company:field.name')} rules={[requiredRule(t)]} className="double">
          <Input maxLength={200} autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="currency"
          label={t('company:field.currency')}
          extra={t('company:hint.new_currency')}
          rules={[chosenRule(t)]}
        >
          <Select showSearch={{ optionFilterProp: 'label' }} options={currencies} />
        </Form.Item>
        <Form.Item name="time_zone" label={t('company:field.time_zone')} rules={[chosenRule(t)]}>
          <Select showSearch options={ZONES} />
        </Form.Item>
        <Form.Item name="warehouse" label={t('company:field.warehouse')} extra={t('company:hint.warehouse')}>
          <Input maxLength={100} autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="rules"
          label={t('company:field.beginning')}
          extra={t('company:hint.beginning')}
          rules={[chosenRule(t)]}
          className="wide"
        >
          <Radio.Group
            optionType="button"
            options={(beginnings.data ?? []).map(one => ({ value: one.name, label: one.title }))}
          />
        </Form.Item>
      </FormSection>
      <FormSection title={t('company:section.admin')}>
        <Form.Item
          name={['admin', 'username']}
          label={t('user:field.username')}
          extra={t('user:hint.username')}
          rules={[requiredRule(t)]}
        >
          <Input maxLength={40} autoComplete="off" />
        </Form.Item>
        <Form.Item name={['admin', 'name']} label={t('user:field.name')} rules={[requiredRule(t)]}>
          <Input maxLength={100} autoComplete="off" />
        </Form.Item>
        <Form.Item name={['admin', 'email']} label={t('user:field.email')} extra={t('user:hint.email')}>
          <Input maxLength={200} autoComplete="off" inputMode="email" />
        </Form.Item>
        <Form.Item name={['admin', 'language']} label={t('user:field.language')} rules={[chosenRule(t)]}>
          <Select options={LANGUAGES.map(item => ({ value: item.code, label: item.name }))} />
        </Form.Item>
        <FirstPassword form={secret} />
      </FormSection>
    </FormPage>
  )
}

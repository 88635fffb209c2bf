/** The fields of a customer, with the rules that hold between them. */
import { Form, type FormInstance, Input, Select, Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import { DecimalInput } from '@/components/form/DecimalInput'
import { FormSection } from '@/components/form/FormPage'
import { RowsField } from '@/components/form/RowsField'
import { chosenRule, numberRule, phoneRule, requiredRule } from '@/components/form/rules'
import { WholeInput } from '@/components/form/WholeInput'
import { Pick } from '@/components/Pick'
import type { Picked } from '@/components/picked'
import { CATEGORIES, CHANNELS, CURRENCIES, GRADES, SETTLEMENTS } from '@/lib/api/types'
import { isCreditCode, readCreditCode } from '@/lib/credit-code'
import { isZero } from '@/lib/decimal'
import { LANGUAGES } from '@/lib/i18n'
import { useCan } from '@/lib/session'
import { type CustomerInput, NEW_ADDRESS, NEW_CONTACT } from './input'
import { Similar } from './Similar'

interface Props {
  form: FormInstance<CustomerInput>
  owner: Picked | null
  /** The customer being edited; empty: a new one. */
  id: string
  /** The name it had. */
  oldName: string
}

export function CustomerFields({ form, owner, id, oldName }: Props) {
  return (
    <>
      <Basics form={form} owner={owner} id={id} oldName={oldName} />
      <Terms form={form} />
      <People />
      <Billing />
    </>
  )
}

function useCodes() {
  const { t } = useTranslation()
  return (codes: readonly string[], group: string) =>
    codes.map(value => ({ value, label: t(`order:${group}.${value}`) }))
}

function Basics({ form, owner, id, oldName }: Props) {
  const { t } = useTranslation()
  const options = useCodes()
  const mayGrade = useCan('customer.grade')
  /** Why the grade cannot be entered here. */
  const gradeKept = id !== '' ? t('customer:hint.grade_edit') : mayGrade ? undefined : t('customer:hint.grade_new')
  return (
    <FormSection title={t('customer:section.basic')}>
      <Form.Item name="code" label={t('customer:field.code')} rules={[requiredRule(t)]}>
        <Input maxLength={40} autoFocus={id === ''} />
      </Form.Item>
      <Form.Item name="name" label={t('customer:field.name')} rules={[requiredRule(t)]} className="double">
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="short_name" label={t('customer:field.short_name')}>
        <Input maxLength={60} />
      </Form.Item>
      <Similar form={form} id={id} oldName={oldName} />
      <Form.Item
        name="credit_code"
        label={t('customer:field.credit_code')}
        validateTrigger="onBlur"
        rules={[
          {
            validator: (_, value?: string) =>
              !value || isCreditCode(readCreditCode(value))
                ? Promise.resolve()
                : Promise.reject(new Error(t('customer:check.credit_code'))),
          },
        ]}
      >
        <Input maxLength={24} placeholder={t('customer:hint.credit_code')} />
      </Form.Item>
      <Form.Item name="grade" label={t('customer:field.grade')} extra={gradeKept}>
        <Select disabled={gradeKept !== undefined} options={GRADES.map(value => ({ value, label: value }))} />
      </Form.Item>
      <Form.Item name="channel" label={t('customer:field.channel')} rules={[chosenRule(t)]}>
        <Select options={options(CHANNELS, 'channel')} />
      </Form.Item>
      <Form.Item name="category" label={t('customer:field.category')} rules={[chosenRule(t)]}>
        <Select options={options(CATEGORIES, 'category')} />
      </Form.Item>
      <Form.Item name="owner_id" label={t('customer:field.owner')}>
        <Pick kind="user" known={owner} />
      </Form.Item>
      <Form.Item name="language" label={t('customer:field.language')}>
        <Select options={LANGUAGES.map(item => ({ value: item.code, label: item.name }))} />
      </Form.Item>
    </FormSection>
  )
}

function Terms({ form }: { form: FormInstance<CustomerInput> }) {
  const { t } = useTranslation()
  const options = useCodes()
  const mayCredit = useCan('credit.edit')
  /** Why what decides credit cannot be changed by this person. */
  const kept = mayCredit ? undefined : t('customer:hint.credit_kept')
  /** What the settlement usually needs; a warning, since old files may lack it. */
  const needs = (settlement: string, message: string, empty: (value: unknown) => boolean) => ({
    warningOnly: true,
    validator: (_: unknown, value: unknown) =>
      form.getFieldValue('settlement') === settlement && empty(value)
        ? Promise.reject(new Error(t(message)))
        : Promise.resolve(),
  })
  return (
    <FormSection title={t('customer:section.terms')}>
      <Form.Item name="settlement" label={t('customer:field.settlement')} rules={[chosenRule(t)]}>
        <Select options={options(SETTLEMENTS, 'settlement')} />
      </Form.Item>
      <Form.Item
        name="terms_days"
        label={t('customer:field.terms_days')}
        dependencies={['settlement']}
        extra={kept}
        rules={mayCredit ? [needs('monthly', 'customer:check.terms_days', value => !value)] : []}
      >
        <WholeInput disabled={!mayCredit} max={366} />
      </Form.Item>
      <Form.Item
        name="deposit_rate"
        label={t('customer:field.deposit_rate')}
        dependencies={['settlement']}
        rules={[
          numberRule(t, { min: '0', max: '100', digits: 2 }),
          needs('deposit_balance', 'customer:check.deposit_rate', value => !value || isZero(String(value))),
        ]}
      >
        <DecimalInput suffix="%" />
      </Form.Item>
      <Form.Item
        name="credit_limit"
        label={t('customer:field.credit_limit')}
        extra={kept}
        rules={[numberRule(t, { min: '0', digits: 2 })]}
      >
        <DecimalInput disabled={!mayCredit} placeholder={t('customer:hint.credit_limit')} />
      </Form.Item>
      <Form.Item
        name="grace_days"
        label={t('customer:field.grace_days')}
        tooltip={t('customer:hint.grace_days')}
        extra={kept}
      >
        <WholeInput disabled={!mayCredit} max={3660} />
      </Form.Item>
      <Form.Item name="currency" label={t('customer:field.currency')} rules={[chosenRule(t)]}>
        <Select showSearch options={CURRENCIES.map(value => ({ value, label: value }))} />
      </Form.Item>
      <Form.Item name="tax_inclusive" label={t('customer:field.tax_inclusive')} valuePropName="checked">
        <Switch checkedChildren={t('common:yes')} unCheckedChildren={t('common:no')} />
      </Form.Item>
    </FormSection>
  )
}

function People() {
  const { t } = useTranslation()
  return (
    <>
      <FormSection title={t('customer:section.contacts')} flush>
        <RowsField
          name="contacts"
          label={t('customer:section.contacts')}
          template="1fr 1fr 1.2fr 1.6fr"
          blank={NEW_CONTACT}
          addLabel={t('customer:contact.add')}
          one={{ field: 'primary', label: t('customer:contact.primary') }}
          fields={[
            { id: 'name', label: t('customer:contact.name'), control: <Input maxLength={60} /> },
            { id: 'position', label: t('customer:contact.position'), control: <Input maxLength={60} /> },
            {
              id: 'phone',
              label: t('customer:contact.phone'),
              rules: [phoneRule(t)],
              control: <Input type="tel" maxLength={40} />,
            },
            {
              id: 'email',
              label: t('customer:contact.email'),
              rules: [{ type: 'email', message: t('form:email') }],
              control: <Input type="email" maxLength={120} />,
            },
          ]}
        />
      </FormSection>
      <FormSection title={t('customer:section.addresses')} flush>
        <RowsField
          name="addresses"
          label={t('customer:section.addresses')}
          template="repeat(6, 1fr)"
          labelled
          blank={NEW_ADDRESS}
          addLabel={t('customer:address.add')}
          one={{ field: 'default', label: t('customer:address.default') }}
          fields={[
            {
              id: 'label',
              label: t('customer:address.label'),
              span: 2,
              control: <Input maxLength={60} placeholder={t('customer:address.label_hint')} />,
            },
            { id: 'receiver', label: t('customer:address.receiver'), span: 2, control: <Input maxLength={60} /> },
            {
              id: 'phone',
              label: t('customer:address.phone'),
              span: 2,
              rules: [phoneRule(t)],
              control: <Input type="tel" maxLength={40} />,
            },
            { id: 'province', label: t('customer:address.province'), control: <Input maxLength={60} /> },
            { id: 'city', label: t('customer:address.city'), control: <Input maxLength={60} /> },
            { id: 'district', label: t('customer:address.district'), control: <Input maxLength={60} /> },
            {
              id: 'street',
              label: t('customer:address.street'),
              span: 3,
              rules: [requiredRule(t)],
              control: <Input maxLength={200} />,
            },
            { id: 'postal_code', label: t('customer:address.postal_code'), control: <Input maxLength={20} /> },
            { id: 'country', label: t('customer:address.country'), control: <Input maxLength={60} /> },
          ]}
        />
      </FormSection>
    </>
  )
}

function Billing() {
  const { t } = useTranslation()
  return (
    <FormSection title={t('customer:section.billing')}>
      <Form.Item name="invoice_title" label={t('customer:field.invoice_title')} className="double">
        <Input maxLength={200} placeholder={t('customer:hint.invoice_title')} />
      </Form.Item>
      <Form.Item name="invoice_address" label={t('customer:field.invoice_address')} className="double">
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="bank" label={t('customer:field.bank')} className="double">
        <Input maxLength={120} />
      </Form.Item>
      <Form.Item name="bank_account" label={t('customer:field.bank_account')} className="double">
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="notes" label={t('customer:field.notes')} className="wide">
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
    </FormSection>
  )
}

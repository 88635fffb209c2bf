/** A supplier being written: who it is, how it delivers, and what it supplies at which prices and times. */
import { useQuery } from '@tanstack/react-query'
import { Checkbox, Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import { ErrorState } from '@/components/ErrorState'
import { DecimalInput } from '@/components/form/DecimalInput'
import { FormPage, FormSection } from '@/components/form/FormPage'
import { RowsField } from '@/components/form/RowsField'
import { chosenRule, numberRule, requiredRule } from '@/components/form/rules'
import { WholeInput } from '@/components/form/WholeInput'
import { PageSkeleton } from '@/components/PageSkeleton'
import { Pick } from '@/components/Pick'
import { get, post, put } from '@/lib/api/client'
import { type Calendar, CURRENCIES, type Saved } from '@/lib/api/types'
import { useMessage } from '@/lib/message'
import { useSession } from '@/lib/session'
import { blankProduct, formOf, newSupplier, type SuppliedForm, toSend, type SupplierForm as Values } from './input'
import { type Supplier, useRefreshSuppliers, useSupplier } from './queries'

/** A new supplier, or one to be changed. */
export function SupplierForm() {
  const { id = '' } = useParams()
  const found = useSupplier(id)
  if (id === '') return <Fields supplier={null} />
  if (found.isError) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />
  if (!found.data) return <PageSkeleton />
  return <Fields key={found.data.id} supplier={found.data} />
}

function Fields({ supplier }: { supplier: Supplier | null }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const message = useMessage()
  const refresh = useRefreshSuppliers()
  const books = useSession().session.company.currency
  const label = (name: string) => t(`supplier:field.${name}`)
  const save = async (values: Values) => {
    const body = toSend(values)
    const saved = supplier
      ? await put<Saved>(`/suppliers/${supplier.id}`, body, { version: supplier.version })
      : await post<Saved>('/suppliers', body)
    await refresh()
    void message.success(t('supplier:saved'))
    void navigate(`/suppliers/${saved.id}`, { replace: true })
  }
  return (
    <FormPage<Values>
      title={supplier ? `${t('common:edit')} ${supplier.code}` : t('supplier:new')}
      draftKey={`supplier.${supplier ? `${supplier.id}.${supplier.version}` : 'new'}`}
      initial={supplier ? formOf(supplier) : newSupplier(books)}
      onSubmit={save}
      onCancel={() => void navigate(supplier ? `/suppliers/${supplier.id}` : '/suppliers')}
    >
      <FormSection title={t('supplier:section.who')}>
        <Form.Item name="code" label={label('code')} rules={[requiredRule(t)]}>
          <Input maxLength={40} autoFocus={!supplier} />
        </Form.Item>
        <Form.Item name="name" label={label('name')} rules={[requiredRule(t)]}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="contact" label={label('contact')}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="phone" label={label('phone')}>
          <Input maxLength={40} />
        </Form.Item>
        <Form.Item name="email" label={label('email')}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="address" label={label('address')} className="double">
          <Input maxLength={500} />
        </Form.Item>
      </FormSection>
      <Terms />
      <FormSection title={t('supplier:products')} flush>
        <p className="soft">{t('supplier:products_hint')}</p>
        <Products />
      </FormSection>
      <FormSection title={t('supplier:field.notes')} flush>
        <Form.Item name="notes" label={label('notes')}>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={2000} />
        </Form.Item>
        {supplier && (
          <Form.Item name="active" valuePropName="checked" extra={t('supplier:active_hint')}>
            <Checkbox>{t('supplier:active')}</Checkbox>
          </Form.Item>
        )}
      </FormSection>
    </FormPage>
  )
}

/** How it is paid and how it delivers. */
function Terms() {
  const { t } = useTranslation()
  const calendars = useQuery({ queryKey: ['calendars'], queryFn: () => get<Calendar[]>('/calendars') })
  const label = (name: string) => t(`supplier:field.${name}`)
  const share = [numberRule(t, { min: '0', max: '100', digits: 2 })]
  return (
    <FormSection title={t('supplier:section.terms')}>
      <Form.Item name="currency" label={label('currency')} rules={[chosenRule(t)]}>
        <Select showSearch options={CURRENCIES.map(value => ({ value, label: value }))} />
      </Form.Item>
      <Form.Item name="terms_days" label={label('terms_days')}>
        <WholeInput max={366} suffix={t('supplier:day')} />
      </Form.Item>
      <Form.Item name="lead_days" label={label('lead_days')} extra={t('supplier:lead_hint')}>
        <WholeInput max={3650} suffix={t('supplier:day')} />
      </Form.Item>
      <Form.Item name="calendar" label={label('calendar')} extra={t('supplier:calendar_hint')}>
        <Select
          allowClear
          placeholder={t('supplier:any_day')}
          options={(calendars.data ?? []).map(one => ({ value: one.code, label: one.name }))}
        />
      </Form.Item>
      <Form.Item name="over_tolerance" label={label('over_tolerance')} rules={share}>
        <DecimalInput suffix="%" placeholder="0" />
      </Form.Item>
      <Form.Item name="under_tolerance" label={label('under_tolerance')} rules={share}>
        <DecimalInput suffix="%" placeholder="0" />
      </Form.Item>
    </FormSection>
  )
}

/** A checkbox that is a field of a row. */
function Check({ value, onChange, label }: { value?: boolean; onChange?: (on: boolean) => void; label: string }) {
  return (
    <Checkbox checked={value ?? false} onChange={event => onChange?.(event.target.checked)}>
      {label}
    </Checkbox>
  )
}

function Products() {
  const { t } = useTranslation()
  const label = (name: string) => t(`supplier:field.${name}`)
  const amount = [numberRule(t, { min: '0', digits: 6 })]
  const day = t('supplier:day')
  return (
    <RowsField<SuppliedForm>
      name="products"
      label={t('supplier:products')}
      labelled
      template="repeat(auto-fit, minmax(130px, 1fr))"
      blank={blankProduct}
      addLabel={t('supplier:add_product')}
      fields={[
        {
          id: 'product_id',
          label: label('product'),
          span: 2,
          rules: [chosenRule(t)],
          control: <Pick kind="product" clearable={false} />,
        },
        { id: 'supplier_code', label: label('supplier_code'), control: <Input maxLength={100} /> },
        {
          id: 'unit_price',
          label: label('unit_price'),
          rules: [numberRule(t, { required: true, min: '0', digits: 6 })],
          control: <DecimalInput />,
        },
        { id: 'minimum', label: label('minimum'), rules: amount, control: <DecimalInput /> },
        { id: 'multiple', label: label('multiple'), rules: amount, control: <DecimalInput /> },
        {
          id: 'lead_days',
          label: label('product_lead_days'),
          control: <WholeInput max={3650} suffix={day} />,
        },
        { id: 'rush_lead_days', label: label('rush_lead_days'), control: <WholeInput max={3650} suffix={day} /> },
        {
          id: 'rush_rate',
          label: label('rush_rate'),
          rules: [numberRule(t, { min: '0', max: '1000', digits: 2 })],
          control: <DecimalInput suffix="%" />,
        },
        { id: 'rush_amount', label: label('rush_amount'), rules: amount, control: <DecimalInput /> },
        { id: 'preferred', label: label('preferred'), control: <Check label={t('supplier:preferred')} /> },
      ]}
    />
  )
}

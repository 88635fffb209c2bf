/** The fields of a product, with the rules that hold between them. */
import { AutoComplete, Form, type FormInstance, Input, Radio, Select } from 'antd'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { DecimalInput } from '@/components/form/DecimalInput'
import { FormSection } from '@/components/form/FormPage'
import { chosenRule, numberRule, requiredRule } from '@/components/form/rules'
import { WholeInput } from '@/components/form/WholeInput'
import { PRODUCT_KINDS, TAX_CATEGORIES } from '@/lib/api/types'
import { currencySign } from '@/lib/format'
import { isGtin, readBarcode } from '@/lib/gtin'
import { useSession } from '@/lib/session'
import type { ProductInput } from './input'

const MoreFields = lazy(() => import('./MoreFields'))

const UNITS = ['个', '件', '套', '台', '箱', '包', '袋', '瓶', '盒', '片', '条', '张', 'kg', 't', 'm', 'm²', 'L']

export function ProductFields(props: {
  form: FormInstance<ProductInput>
  isNew: boolean
  /** Whether something of it can be chosen already. */
  configurable: boolean
  may: { price: boolean; cost: boolean }
}) {
  return (
    <>
      <Basics isNew={props.isNew} />
      <Sale may={props.may} />
      <Supply form={props.form} />
      <Suspense fallback={null}>
        <MoreFields configurable={props.configurable} />
      </Suspense>
    </>
  )
}

function Basics({ isNew }: { isNew: boolean }) {
  const { t } = useTranslation()
  return (
    <FormSection title={t('product:section.basic')}>
      <Form.Item name="code" label={t('product:field.code')} rules={[requiredRule(t)]}>
        <Input maxLength={40} autoFocus={isNew} />
      </Form.Item>
      <Form.Item name="name" label={t('product:field.name')} rules={[requiredRule(t)]} className="double">
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="unit" label={t('product:field.unit')} rules={[requiredRule(t)]}>
        <AutoComplete
          options={UNITS.map(value => ({ value }))}
          showSearch={{ filterOption: (typed, option) => option?.value.startsWith(typed) ?? false }}
          placeholder={t('product:hint.unit')}
        />
      </Form.Item>
      <Form.Item name="spec" label={t('product:field.spec')} className="double">
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="category" label={t('product:field.category')}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item
        name="barcode"
        label={t('product:field.barcode')}
        validateTrigger="onBlur"
        rules={[
          {
            validator: (_, value?: string) =>
              !value || isGtin(readBarcode(value))
                ? Promise.resolve()
                : Promise.reject(new Error(t('product:check.barcode'))),
          },
        ]}
      >
        <Input
          maxLength={20}
          inputMode="numeric"
          placeholder={t('product:hint.barcode')}
          // A scanner ends with Enter, which must not send the form.
          onPressEnter={event => event.preventDefault()}
        />
      </Form.Item>
    </FormSection>
  )
}

function Sale({ may }: { may: { price: boolean; cost: boolean } }) {
  const { t } = useTranslation()
  const { currency } = useSession().session.company
  return (
    <FormSection title={t('product:section.sale')}>
      <Form.Item
        name="list_price"
        label={t('product:field.list_price')}
        rules={[numberRule(t, { min: '0', digits: 6 })]}
        className="double"
      >
        <DecimalInput
          prefix={currencySign(currency)}
          disabled={!may.price}
          placeholder={t('product:hint.list_price')}
        />
      </Form.Item>
      {may.cost && (
        <Form.Item
          name="standard_cost"
          label={t('product:field.standard_cost')}
          tooltip={t('product:hint.standard_cost')}
          rules={[numberRule(t, { min: '0', digits: 6 })]}
        >
          <DecimalInput prefix={currencySign(currency)} />
        </Form.Item>
      )}
      {may.cost && (
        <Form.Item
          name="floor_price"
          label={t('product:field.floor_price')}
          tooltip={t('product:hint.floor_price')}
          rules={[numberRule(t, { min: '0', digits: 6 })]}
        >
          <DecimalInput prefix={currencySign(currency)} />
        </Form.Item>
      )}
      <Form.Item name="tax_category" label={t('product:field.tax_category')} rules={[chosenRule(t)]}>
        <Select options={TAX_CATEGORIES.map(value => ({ value, label: t(`product:tax.${value}`) }))} />
      </Form.Item>
      <Form.Item
        name="tax_rate"
        label={t('product:field.tax_rate')}
        rules={[numberRule(t, { required: true, min: '0', max: '100', digits: 2 })]}
      >
        <DecimalInput suffix="%" />
      </Form.Item>
    </FormSection>
  )
}

function Supply({ form }: { form: FormInstance<ProductInput> }) {
  const { t } = useTranslation()
  const share = numberRule(t, { min: '0', max: '100', digits: 2 })
  return (
    <FormSection title={t('product:section.supply')}>
      <Form.Item name="kind" label={t('product:field.kind')}>
        <Radio.Group
          optionType="button"
          options={PRODUCT_KINDS.map(value => ({ value, label: t(`product:kind.${value}`) }))}
        />
      </Form.Item>
      <Form.Item
        name="lead_days"
        label={t('product:field.lead_days')}
        dependencies={['kind']}
        rules={[
          {
            warningOnly: true,
            validator: (_, value?: number) =>
              form.getFieldValue('kind') === 'made_to_order' && !value
                ? Promise.reject(new Error(t('product:check.lead_days')))
                : Promise.resolve(),
          },
        ]}
      >
        <WholeInput max={3660} />
      </Form.Item>
      <Form.Item name="over_tolerance" label={t('product:field.over_tolerance')} rules={[share]}>
        <DecimalInput suffix="%" />
      </Form.Item>
      <Form.Item name="under_tolerance" label={t('product:field.under_tolerance')} rules={[share]}>
        <DecimalInput suffix="%" />
      </Form.Item>
      <Form.Item name="weight_g" label={t('product:field.weight_g')}>
        <WholeInput max={1_000_000_000} />
      </Form.Item>
      <Form.Item name="notes" label={t('product:field.notes')} className="wide">
        <Input.TextArea rows={3} maxLength={4000} />
      </Form.Item>
    </FormSection>
  )
}

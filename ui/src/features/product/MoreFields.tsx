/** Further units, how a product is packed and kept, what stands in its place and what of it can be chosen: loaded after the fields everybody fills in. */
import { Button, Form, Input, Select, Switch } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DecimalInput } from '@/components/form/DecimalInput'
import { FormSection } from '@/components/form/FormPage'
import { numberRule } from '@/components/form/rules'
import { WholeInput } from '@/components/form/WholeInput'
import { Pick } from '@/components/Pick'
import { TRACKINGS } from '@/lib/api/types'
import { UnitFields } from './UnitFields'

const OptionFields = lazy(() => import('./OptionFields'))

export default function MoreFields({ configurable }: { configurable: boolean }) {
  return (
    <>
      <UnitFields />
      <Handling />
      <Options begun={configurable} />
    </>
  )
}

/** Several products in their order: one is picked after the other. */
function Substitutes({ value = [], onChange }: { value?: string[]; onChange?: (ids: string[]) => void }) {
  const { t } = useTranslation()
  return (
    <div className="substitutes">
      {value.map((id, place) => (
        <Pick
          key={id}
          kind="product"
          clearable
          label={t('product:field.substitute_no', { no: place + 1 })}
          value={id}
          onChange={other => onChange?.(value.flatMap(one => (one === id ? (other ? [other] : []) : [one])))}
        />
      ))}
      <Pick
        key={value.length}
        kind="product"
        label={t('product:field.substitute_no', { no: value.length + 1 })}
        placeholder={t('product:hint.add_substitute')}
        value={null}
        onChange={id => id && !value.includes(id) && onChange?.([...value, id])}
      />
    </div>
  )
}

/** How it is packed, told apart and kept, and the standard it leaves the factory by. */
function Handling() {
  const { t } = useTranslation()
  return (
    <FormSection title={t('product:section.handling')}>
      <Form.Item name="tracking" label={t('product:field.tracking')}>
        <Select options={TRACKINGS.map(value => ({ value, label: t(`product:tracking.${value}`) }))} />
      </Form.Item>
      <Form.Item name="shelf_days" label={t('product:field.shelf_days')}>
        <WholeInput max={36_500} />
      </Form.Item>
      <Form.Item name="hazardous" label={t('product:field.hazardous')} valuePropName="checked">
        <Switch />
      </Form.Item>
      {(['length_mm', 'width_mm', 'height_mm'] as const).map(name => (
        <Form.Item key={name} name={name} label={t(`product:field.${name}`)}>
          <WholeInput max={1_000_000} />
        </Form.Item>
      ))}
      <Form.Item
        name="pack_quantity"
        label={t('product:field.pack_quantity')}
        rules={[numberRule(t, { min: '0', digits: 6 })]}
      >
        <DecimalInput />
      </Form.Item>
      <Form.Item
        name="substitutes"
        label={t('product:field.substitutes')}
        tooltip={t('product:hint.substitutes')}
        className="double"
      >
        <Substitutes />
      </Form.Item>
      <Form.Item name="packing_rules" label={t('product:field.packing_rules')} className="wide">
        <Input.TextArea rows={2} maxLength={1000} />
      </Form.Item>
      <Form.Item name="quality_standard" label={t('product:field.quality_standard')} className="wide">
        <Input.TextArea rows={2} maxLength={1000} />
      </Form.Item>
    </FormSection>
  )
}

/** The editor of options is loaded only where there are some, or somebody wants to make them. */
function Options({ begun }: { begun: boolean }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(begun)
  return (
    <FormSection title={t('product:section.options')}>
      {open ? (
        <Suspense fallback={null}>
          <OptionFields />
        </Suspense>
      ) : (
        <Button onClick={() => setOpen(true)}>{t('product:option.begin')}</Button>
      )}
    </FormSection>
  )
}

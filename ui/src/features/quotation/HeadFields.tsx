/** The head of a quotation: validity, lead time, terms, and what an order says too. */
import { Checkbox, Input, Select } from 'antd'
import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { ChargesButton } from '@/components/ChargesButton'
import { DateInput } from '@/components/DateInput'
import type { EntryHead } from '@/features/order/entry/model'
import { SETTLEMENTS } from '@/lib/api/types'
import type { Terms } from './model'

interface Props {
  head: EntryHead
  terms: Terms
  errors: Map<string, string>
  set: (change: Partial<EntryHead>) => void
  setTerms: (terms: Terms) => void
}

export default function HeadFields({ head, terms, errors, set, setTerms }: Props) {
  const { t } = useTranslation()
  const text = (key: 'contact_name' | 'contact_phone' | 'packing' | 'freight' | 'discount' | 'deposit_rate') => (
    <Field label={t(`quotation:field.${key}`)} error={errors.get(key)}>
      {id => <Input id={id} maxLength={200} value={head[key]} onChange={event => set({ [key]: event.target.value })} />}
    </Field>
  )
  const area = (label: string, error: string | undefined, value: string, onChange: (value: string) => void) => (
    <Field label={label} error={error} wide>
      {id => (
        <Input.TextArea
          id={id}
          autoSize={{ minRows: 1, maxRows: 6 }}
          value={value}
          onChange={event => onChange(event.target.value)}
        />
      )}
    </Field>
  )
  return (
    <div className="head-form">
      <Field label={t('quotation:field.valid_until')} error={errors.get('valid_until')}>
        {id => (
          <DateInput id={id} value={terms.valid_until} onChange={day => setTerms({ ...terms, valid_until: day })} />
        )}
      </Field>
      <Field label={t('quotation:field.lead_days')} error={errors.get('lead_days')}>
        {id => (
          <Input
            id={id}
            inputMode="numeric"
            value={terms.lead_days}
            onChange={event => setTerms({ ...terms, lead_days: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('quotation:field.settlement')} error={errors.get('settlement')}>
        {id => (
          <Select
            id={id}
            value={head.settlement}
            options={SETTLEMENTS.map(value => ({ value, label: t(`order:settlement.${value}`) }))}
            onChange={settlement => set({ settlement })}
          />
        )}
      </Field>
      {text('deposit_rate')}
      {text('contact_name')}
      {text('contact_phone')}
      {text('freight')}
      {text('discount')}
      <Field label={t('order:charge.title')} error={errors.get('charges')}>
        {() => (
          <ChargesButton charges={head.charges} error={errors.get('charges')} onChange={charges => set({ charges })} />
        )}
      </Field>
      {area(t('quotation:field.delivery_address'), errors.get('delivery_address'), head.delivery_address, value =>
        set({ delivery_address: value }),
      )}
      {area(t('quotation:field.delivery_terms'), errors.get('delivery_terms'), terms.delivery_terms, value =>
        setTerms({ ...terms, delivery_terms: value }),
      )}
      {area(t('quotation:field.terms'), errors.get('terms'), terms.terms, value =>
        setTerms({ ...terms, terms: value }),
      )}
      {area(t('quotation:field.notes'), errors.get('notes'), head.notes, value => set({ notes: value }))}
      {text('packing')}
      <Checkbox
        className="head-check"
        checked={head.tax_inclusive}
        onChange={event => set({ tax_inclusive: event.target.checked })}
      >
        {t('order:field.tax_inclusive')}
      </Checkbox>
    </div>
  )
}

function Field(props: { label: string; error?: string; wide?: boolean; children: (id: string) => ReactNode }) {
  const id = useId()
  return (
    <div className={`head-field${props.wide ? ' wide' : ''}${props.error ? ' wrong' : ''}`}>
      <label htmlFor={id}>{props.label}</label>
      {props.children(id)}
      {props.error && <span className="ink-late">{props.error}</span>}
    </div>
  )
}

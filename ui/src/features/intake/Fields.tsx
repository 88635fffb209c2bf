/** Who orders, for when and where to: each field with how sure it is and the words it was read from. */
import { Button, Input, Select } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { DateInput } from '@/components/DateInput'
import { Pick } from '@/components/Pick'
import { CHANNELS, type IntakeReading } from '@/lib/api/types'
import { type Form, TEXT_FIELDS } from './model'
import { Sure } from './Sure'

interface Props {
  reading: IntakeReading
  form: Form
  errors: Map<string, string>
  onChange: (part: Partial<Form>) => void
  onFocus: (field: string) => void
}

function Field(props: {
  id: string
  label: string
  error?: string | undefined
  onFocus: () => void
  below?: ReactNode
  children: ReactNode
}) {
  return (
    <div className="intake-field" role="group" aria-label={props.label} onFocus={props.onFocus}>
      <label htmlFor={props.id}>{props.label}</label>
      <div>
        {props.children}
        {props.below}
        {props.error && <p className="intake-error">{props.error}</p>}
      </div>
    </div>
  )
}

/** Who orders and for when: looked at first. */
export function FirstFields({ reading, form, errors, onChange, onFocus }: Props) {
  const { t } = useTranslation()
  const best = reading.customer.best
  const otherCustomer = form.customer?.id !== best?.id
  const unsure = !otherCustomer && (best?.confidence ?? 0) < 80
  const open = reading.vague.find(word => word.field === 'required_on')
  const day = reading.required_on
  return (
    <>
      <Field
        id="intake-customer"
        label={t('order:field.customer')}
        error={errors.get('/customer_id')}
        onFocus={() => onFocus('customer')}
        below={
          <>
            <Sure
              confidence={best?.confidence ?? 0}
              corrected={otherCustomer}
              learned={reading.customer.learned}
              said={reading.customer.phrase}
            />
            {unsure && reading.customer.others.length > 0 && (
              <div className="intake-others">
                <span className="soft">{t('intake:others')}</span>
                {reading.customer.others.slice(0, 4).map(guess => (
                  <Button key={guess.id} size="small" onClick={() => onChange({ customer: guess })}>
                    {guess.name} <span className="soft">{guess.code}</span>
                  </Button>
                ))}
              </div>
            )}
          </>
        }
      >
        <Pick
          id="intake-customer"
          kind="customer"
          autoFocus={!best}
          clearable={false}
          value={form.customer?.id ?? null}
          known={form.customer}
          {...(errors.has('/customer_id') || !form.customer ? { status: 'error' as const } : {})}
          onChange={(id, picked) => id && picked && onChange({ customer: { ...picked, id } })}
        />
      </Field>
      <Field
        id="intake-day"
        label={t('order:field.required_on')}
        error={errors.get('/required_on')}
        onFocus={() => onFocus(day ? 'required_on' : 'vague')}
        below={
          day ? (
            <Sure confidence={day.confidence} corrected={form.required_on !== day.value} said={day.said} />
          ) : (
            open && !form.required_on && <p className="intake-vague">{t('intake:vague_day', { said: open.said })}</p>
          )
        }
      >
        <DateInput id="intake-day" value={form.required_on} onChange={required_on => onChange({ required_on })} />
      </Field>
    </>
  )
}

/** What a draft takes from the customer's file where the message does not say it. */
export function OtherFields({ reading, form, errors, onChange, onFocus }: Props) {
  const { t } = useTranslation()
  return (
    <>
      {TEXT_FIELDS.map(field => {
        const found = reading[field]
        const value = form.texts[field]
        return (
          <Field
            key={field}
            id={`intake-${field}`}
            label={t(`order:field.${field}`)}
            error={errors.get(`/${field}`)}
            onFocus={() => onFocus(field)}
            below={found && <Sure confidence={found.confidence} corrected={value !== found.value} />}
          >
            <Input
              id={`intake-${field}`}
              value={value}
              placeholder={t('intake:from_customer')}
              onChange={event => onChange({ texts: { ...form.texts, [field]: event.target.value } })}
            />
          </Field>
        )
      })}
      <Field id="intake-channel" label={t('order:field.channel')} onFocus={() => onFocus('')}>
        <Select
          id="intake-channel"
          aria-label={t('order:field.channel')}
          style={{ width: '100%' }}
          allowClear
          placeholder={t('intake:from_customer')}
          value={form.channel}
          options={CHANNELS.map(value => ({ value, label: t(`order:channel.${value}`) }))}
          onChange={channel => onChange({ channel: channel ?? null })}
        />
      </Field>
    </>
  )
}

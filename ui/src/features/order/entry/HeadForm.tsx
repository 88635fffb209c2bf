/** The head of an order: what is needed at once in view, the rest of the standard form one click away. */
import { DownOutlined, UpOutlined } from '@ant-design/icons'
import { AutoComplete, Button, Checkbox, Input, Select } from 'antd'
import { type Dispatch, memo, type ReactNode, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DateInput } from '@/components/DateInput'
import { Pick } from '@/components/Pick'
import { CATEGORIES, CHANNELS, type Customer, SETTLEMENTS } from '@/lib/api/types'
import { useCan } from '@/lib/session'
import { addressText, type EntryChange, type EntryHead } from './model'

interface Props {
  head: EntryHead
  customer: Customer | undefined
  errors: Map<string, string>
  dispatch: Dispatch<EntryChange>
  /** Stands at the end: the contract. */
  children?: ReactNode
}

/** Fields beyond the first rows; open when one of them is filled or wrong. */
const FURTHER = [
  'ordered_on',
  'planned_ship_on',
  'expected_on',
  'channel',
  'category',
  'deposit_rate',
  'customer_po',
  'external_number',
  'packing',
  'transport',
  'special_requirements',
  'notes',
]

const SMALL = new Set(['contact_name', 'contact_phone', 'receiver'])

export const HeadForm = memo(function HeadForm({ head, customer, errors, dispatch, children }: Props) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const maySeeUsers = useCan('user.view')
  const set = (change: Partial<EntryHead>) => dispatch({ kind: 'head', change })
  const further = open || FURTHER.some(key => errors.has(key))
  const text = (
    key: 'contact_name' | 'contact_phone' | 'receiver' | 'customer_po' | 'external_number' | 'packing' | 'transport',
  ) => (
    <Field name={key} error={errors.get(key)} size={SMALL.has(key) ? 'narrow' : undefined}>
      {id => <Input id={id} maxLength={200} value={head[key]} onChange={event => set({ [key]: event.target.value })} />}
    </Field>
  )
  const date = (key: 'required_on' | 'planned_ship_on' | 'expected_on') => (
    <Field name={key} error={errors.get(key)}>
      {id => <DateInput id={id} value={head[key]} onChange={value => set({ [key]: value })} />}
    </Field>
  )
  return (
    <div className="head-form">
      {date('required_on')}
      <Field name="warehouse" error={errors.get('warehouse_id')}>
        {id => (
          <Pick
            id={id}
            kind="warehouse"
            clearable={false}
            known={head.warehouse}
            value={head.warehouse?.id ?? null}
            onChange={(_, picked) => picked && set({ warehouse: { id: picked.id, name: picked.name } })}
          />
        )}
      </Field>
      <Field name="settlement" error={errors.get('settlement')}>
        {id => (
          <Select
            id={id}
            value={head.settlement}
            options={SETTLEMENTS.map(value => ({ value, label: t(`order:settlement.${value}`) }))}
            onChange={settlement => set({ settlement })}
          />
        )}
      </Field>
      {maySeeUsers && (
        <Field name="rep" error={errors.get('rep_id')}>
          {id => (
            <Pick
              id={id}
              kind="user"
              known={head.rep}
              value={head.rep?.id ?? null}
              onChange={(_, picked) => set({ rep: picked ? { id: picked.id, name: picked.name } : null })}
            />
          )}
        </Field>
      )}
      {text('contact_name')}
      {text('contact_phone')}
      {text('receiver')}
      <Field name="delivery_address" error={errors.get('delivery_address')} size="wide">
        {id => (
          <AutoComplete
            id={id}
            value={head.delivery_address}
            style={{ width: '100%' }}
            options={(customer?.addresses ?? []).map(address => ({
              value: addressText(address),
              label: `${address.label} ${addressText(address)}`,
            }))}
            onChange={delivery_address => set({ delivery_address: delivery_address ?? '' })}
            onSelect={value => {
              const address = customer?.addresses.find(item => addressText(item) === value)
              if (address) set({ delivery_address: value, receiver: address.receiver || head.receiver })
            }}
          />
        )}
      </Field>
      {children}
      {further && (
        <>
          <Field name="ordered_on" error={errors.get('ordered_on')}>
            {id => (
              <DateInput id={id} value={head.ordered_on} onChange={value => value && set({ ordered_on: value })} />
            )}
          </Field>
          {date('planned_ship_on')}
          {date('expected_on')}
          <Field name="channel" error={errors.get('channel')}>
            {id => (
              <Select
                id={id}
                value={head.channel}
                options={CHANNELS.map(value => ({ value, label: t(`order:channel.${value}`) }))}
                onChange={channel => set({ channel })}
              />
            )}
          </Field>
          <Field name="category" error={errors.get('category')}>
            {id => (
              <Select
                id={id}
                value={head.category}
                options={CATEGORIES.map(value => ({ value, label: t(`order:category.${value}`) }))}
                onChange={category => set({ category })}
              />
            )}
          </Field>
          <Field name="deposit_rate" error={errors.get('deposit_rate')}>
            {id => (
              <Input
                id={id}
                inputMode="decimal"
                suffix="%"
                className="num-input"
                value={head.deposit_rate}
                onChange={event => set({ deposit_rate: event.target.value })}
              />
            )}
          </Field>
          {text('customer_po')}
          {text('external_number')}
          {text('packing')}
          {text('transport')}
          <Field name="special_requirements" error={errors.get('special_requirements')} size="wide">
            {id => (
              <Input.TextArea
                id={id}
                autoSize={{ minRows: 1, maxRows: 4 }}
                value={head.special_requirements}
                onChange={event => set({ special_requirements: event.target.value })}
              />
            )}
          </Field>
          <Field name="notes" error={errors.get('notes')} size="wide">
            {id => (
              <Input.TextArea
                id={id}
                autoSize={{ minRows: 1, maxRows: 4 }}
                value={head.notes}
                onChange={event => set({ notes: event.target.value })}
              />
            )}
          </Field>
          <Checkbox
            className="head-check"
            checked={head.tax_inclusive}
            onChange={event => set({ tax_inclusive: event.target.checked })}
          >
            {t('order:field.tax_inclusive')}
          </Checkbox>
        </>
      )}
      <Button
        type="text"
        className="head-more"
        icon={further ? <UpOutlined /> : <DownOutlined />}
        aria-expanded={further}
        onClick={() => setOpen(!open)}
      >
        {t(further ? 'order:entry.fewer_fields' : 'order:entry.more_fields')}
      </Button>
    </div>
  )
})

function Field(props: { name: string; error?: string; size?: 'narrow' | 'wide'; children: (id: string) => ReactNode }) {
  const { t } = useTranslation()
  const id = useId()
  return (
    <div
      className={`head-field${props.size ? ` ${props.size}` : ''}${props.error ? ' wrong' : ''}`}
      data-field={props.name}
    >
      <label htmlFor={id}>{t(`order:field.${props.name}`)}</label>
      {props.children(id)}
      {props.error && <span className="ink-late">{props.error}</span>}
    </div>
  )
}

import { Button, Input, Select } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ChargesButton } from '@/components/ChargesButton'
import { DateInput } from '@/components/DateInput'
import { DecimalInput } from '@/components/form/DecimalInput'
import { Pick } from '@/components/Pick'
import { type Order, SETTLEMENTS } from '@/lib/api/types'
import { formatQuantity } from '@/lib/format'
import { saidOf } from '@/lib/said'
import { DATES, OF_LINE, type Row } from './rows'

const ConfigureDrawer = lazy(() => import('@/components/ConfigureDrawer'))

interface Props {
  row: Row
  order: Order
  place: number
  onChange: (changed: Partial<Row>) => void
}

/** What a row of the form asks for; which fields, its kind says. */
export function RowFields({ row, order, place, onChange }: Props) {
  const { t } = useTranslation()
  const label = (key: string) => `${t(`change:form.${key}`)} ${place + 1}`
  const text = (key: 'delivery_address' | 'receiver' | 'contact_name' | 'contact_phone' | 'packing') => (
    <Input
      aria-label={label(key)}
      placeholder={t(`change:form.${key}`)}
      value={row[key]}
      onChange={event => onChange({ [key]: event.target.value })}
    />
  )
  const decimal = (
    key: 'quantity' | 'unit_price' | 'discount_rate' | 'deposit_rate' | 'freight',
    hint: string = key,
  ) => (
    <DecimalInput
      aria-label={label(key)}
      placeholder={t(`change:form.${hint}`)}
      value={row[key]}
      onChange={value => onChange({ [key]: value ?? '' })}
    />
  )
  const [open, setOpen] = useState(false)
  const of = (no: number | null) => order.lines.find(line => line.line_no === no)
  const line = of(row.line_no)
  const brings = row.kind === 'add_line' || row.kind === 'swap_product'
  return (
    <div className="change-fields">
      {OF_LINE.includes(row.kind) && (
        <Select
          aria-label={label('line')}
          placeholder={t('change:form.line')}
          value={row.line_no}
          onChange={line_no => onChange({ line_no, choices: of(line_no)?.choices.map(choice => choice.code) ?? [] })}
          options={order.lines.map(line => ({
            value: line.line_no,
            label: `${line.line_no} · ${line.name} · ${formatQuantity(saidOf(line).quantity)}`,
          }))}
        />
      )}
      {brings && (
        <Pick
          kind="product"
          label={label('product')}
          placeholder={t('change:form.product')}
          value={row.product_id}
          known={row.product_id && row.product_name ? { id: row.product_id, name: row.product_name } : null}
          onChange={(product_id, picked) => onChange({ product_id, product_name: picked?.name ?? '' })}
        />
      )}
      {row.kind === 'quantity' && decimal('quantity')}
      {row.kind === 'quantity' && line?.sold && (
        <Select
          aria-label={label('unit')}
          value={row.unit}
          onChange={unit => onChange({ unit })}
          options={[
            { value: '', label: line.unit },
            { value: line.sold.quantity.unit, label: line.sold.quantity.unit },
          ]}
        />
      )}
      {row.kind === 'configuration' && (
        <Button disabled={!line} onClick={() => setOpen(true)}>
          {t('change:form.configure')} {t('change:form.chosen', { count: row.choices.length })}
        </Button>
      )}
      {open && line && (
        <Suspense fallback={null}>
          <ConfigureDrawer
            productId={line.product.id}
            chosen={row.choices}
            onClose={() => setOpen(false)}
            onChoose={choices => {
              onChange({ choices })
              setOpen(false)
            }}
          />
        </Suspense>
      )}
      {row.kind === 'add_line' && decimal('quantity')}
      {row.kind === 'swap_product' && decimal('quantity', 'quantity_as_before')}
      {brings && decimal('unit_price', 'price_of_book')}
      {row.kind === 'price' && decimal('unit_price')}
      {row.kind === 'price' && decimal('discount_rate')}
      {DATES.includes(row.kind) && (
        <DateInput aria-label={label('date')} value={row.date} onChange={date => onChange({ date })} />
      )}
      {row.kind === 'address' && (
        <>
          {text('delivery_address')}
          {text('receiver')}
          {text('contact_name')}
          {text('contact_phone')}
        </>
      )}
      {row.kind === 'packing' && text('packing')}
      {row.kind === 'charges' && (
        <>
          {decimal('freight')}
          <ChargesButton charges={row.charges} onChange={charges => onChange({ charges })} />
        </>
      )}
      {row.kind === 'settlement' && (
        <>
          <Select
            aria-label={label('settlement')}
            value={row.settlement}
            onChange={settlement => onChange({ settlement })}
            options={SETTLEMENTS.map(code => ({ value: code, label: t(`order:settlement.${code}`) }))}
          />
          {decimal('deposit_rate')}
        </>
      )}
    </div>
  )
}

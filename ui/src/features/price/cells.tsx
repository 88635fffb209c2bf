/** The cells of an entry of the price book: as text, or as fields while its row is open. */
import { CheckOutlined, CloseOutlined, EditOutlined } from '@ant-design/icons'
import { Button, Tooltip } from 'antd'
import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { DateInput } from '@/components/DateInput'
import { DecimalInput } from '@/components/form/DecimalInput'
import { StateTag } from '@/components/StateTag'
import type { Price, Tone } from '@/lib/api/types'
import { isZero } from '@/lib/decimal'
import { formatDate, formatQuantity, formatUnitPrice, today } from '@/lib/format'
import { useCan } from '@/lib/session'
import { DeletePrice } from './delete'
import { type PriceField, usePriceEditing } from './edit'
import { inputOf, type PriceState, stateOn } from './input'

const LABELS: Record<PriceField, string> = {
  min_quantity: 'price:field.min_quantity',
  unit_price: 'price:field.unit_price',
  valid_from: 'price:field.valid_from',
  valid_to: 'price:field.valid_to',
}
const TONES: Record<PriceState, Tone> = { valid: 'done', coming: 'going', past: 'idle' }

function Field({ price, field, children }: { price: Price; field: PriceField; children: ReactNode }) {
  const { t } = useTranslation()
  const editing = usePriceEditing()
  const { id, input, open } = editing
  useEffect(() => {
    if (id === price.id && input === null) open(price)
  }, [id, input, open, price])
  if (id !== price.id) return children
  const value = (input ?? inputOf(price))[field]
  const error = editing.errors.get(field)
  const shared = {
    'aria-label': t(LABELS[field]),
    value,
    status: error ? ('error' as const) : undefined,
    onChange: (changed: string | null) => editing.change(field, changed),
  }
  return (
    <Tooltip title={error}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the field inside */}
      <span
        className="price-field"
        onKeyDown={event => {
          if (event.key === 'Enter') editing.save(price)
          else if (event.key === 'Escape') editing.cancel()
          else return
          event.preventDefault()
          event.stopPropagation()
        }}
      >
        {field === 'min_quantity' || field === 'unit_price' ? (
          <DecimalInput {...shared} autoFocus={field === 'unit_price'} />
        ) : (
          <DateInput {...shared} />
        )}
      </span>
    </Tooltip>
  )
}

export function MinQuantityCell({ price }: { price: Price }) {
  const { t } = useTranslation()
  const any = isZero(price.min_quantity.value) || price.min_quantity.value === '1'
  return (
    <Field price={price} field="min_quantity">
      {any ? (
        <span className="soft">{t('price:any_quantity')}</span>
      ) : (
        t('price:from_quantity', { quantity: formatQuantity(price.min_quantity) })
      )}
    </Field>
  )
}
export function UnitPriceCell({ price }: { price: Price }) {
  return (
    <Field price={price} field="unit_price">
      <span className="strong">{formatUnitPrice(price.unit_price)}</span>
    </Field>
  )
}
export function FromCell({ price }: { price: Price }) {
  return (
    <Field price={price} field="valid_from">
      {formatDate(price.valid_from)}
    </Field>
  )
}
export function ToCell({ price }: { price: Price }) {
  const { t } = useTranslation()
  return (
    <Field price={price} field="valid_to">
      {price.valid_to ?? <span className="soft">{t('price:open_end')}</span>}
    </Field>
  )
}
export function StateCell({ price }: { price: Price }) {
  const { t } = useTranslation()
  const state = stateOn(price, today())
  return <StateTag tone={TONES[state]}>{t(`price:state.${state}`)}</StateTag>
}

/** Open, save, give up, delete; nothing for who may not. */
export function ActionsCell({ price }: { price: Price }) {
  const { t } = useTranslation()
  const may = useCan('price.edit')
  const editing = usePriceEditing()
  if (!may) return null
  if (editing.id === price.id) {
    return (
      <span className="row" title={t('price:hint.keys')}>
        <Button
          type="primary"
          size="small"
          icon={<CheckOutlined />}
          aria-label={t('common:save')}
          loading={editing.busy}
          onClick={() => editing.save(price)}
        />
        <Button size="small" icon={<CloseOutlined />} aria-label={t('common:cancel')} onClick={editing.cancel} />
      </span>
    )
  }
  return (
    <span className="row">
      <Button
        type="text"
        size="small"
        icon={<EditOutlined />}
        aria-label={t('price:edit_row', { name: price.product.name })}
        onClick={() => editing.open(price)}
      />
      <DeletePrice price={price} />
    </span>
  )
}

/** The lines of an order as a grid for the keyboard: Enter moves on, a new line is always there, a spreadsheet can be pasted. */
import { DeleteOutlined } from '@ant-design/icons'
import { useVirtualizer } from '@tanstack/react-virtual'
import {
  type ClipboardEvent,
  type Dispatch,
  type KeyboardEvent,
  lazy,
  memo,
  Suspense,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react'
import { useTranslation } from 'react-i18next'
import { get } from '@/lib/api/client'
import type { CheckedLine, Product } from '@/lib/api/types'
import { compare, isZero } from '@/lib/decimal'
import { formatAmount, formatUnitPrice, formatValue, today } from '@/lib/format'
import { keysOf } from '@/lib/keyboard'
import { chosenNames, saidOf } from '@/lib/said'
import { useNarrow } from '@/lib/viewport'
import { PriceTag } from '../PriceTag'
import { chosenProduct, type EntryChange, type EntryLine, inProgress, isBlank } from './model'
import { ProductField } from './ProductField'
import type { Checked } from './useCheck'

const ConfigureDrawer = lazy(() => import('@/components/ConfigureDrawer'))

type Cell = 'product' | 'quantity' | 'price' | 'discount' | 'note'

interface Props {
  lines: EntryLine[]
  checked: Checked
  currency: string
  dispatch: Dispatch<EntryChange>
  onPaste: (text: string) => void
}

export function LineGrid({ lines, checked, currency, dispatch, onPaste }: Props) {
  const { t } = useTranslation()
  const narrow = useNarrow()
  const box = useRef<HTMLDivElement>(null)
  const height = narrow ? 214 : 52
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current,
    estimateSize: () => height,
    overscan: 8,
    getItemKey: index => lines[index]?.key ?? index,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured anew when the height of lines changes
  useEffect(() => virtual.measure(), [height])

  const count = lines.length
  const focus = useCallback(
    (index: number, cell: Cell) => {
      if (index < 0) return
      if (index >= count) dispatch({ kind: 'ensure_last' })
      virtual.scrollToIndex(Math.min(index, count), { align: 'auto' })
      const put = (tries: number) => {
        const field = box.current?.querySelector<HTMLInputElement>(`[data-line="${index}"] [data-cell="${cell}"]`)
        if (field) field.focus()
        else if (tries > 0) requestAnimationFrame(() => put(tries - 1))
      }
      requestAnimationFrame(() => put(8))
    },
    [count, dispatch, virtual],
  )
  const paste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData('text/plain')
    if (!/[\t\n]/.test(text.trim())) return
    event.preventDefault()
    onPaste(text)
  }
  return (
    <div
      className="entry-grid"
      ref={box}
      onPaste={paste}
      role="table"
      aria-label={t('order:line.title')}
      aria-rowcount={count + 1}
    >
      <div role="rowgroup" className="entry-head">
        <div role="row" className="entry-row">
          <span role="columnheader">{t('order:line.no')}</span>
          <span role="columnheader">{t('order:line.product')}</span>
          <span role="columnheader" className="num">
            {t('order:line.quantity')}
          </span>
          <span role="columnheader" className="num">
            {t('order:line.unit_price')} {currency}
          </span>
          <span role="columnheader" className="num">
            {t('order:line.discount_rate')}
          </span>
          <span role="columnheader" className="num">
            {t('order:line.gross')} {currency}
          </span>
          <span role="columnheader" className="num">
            {t('order:line.available')}
          </span>
          <span role="columnheader">{t('order:line.note')}</span>
          <span role="columnheader">
            <span className="sr-only">{t('common:remove')}</span>
          </span>
        </div>
      </div>
      <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map(item => {
          const line = lines[item.index]
          if (!line) return null
          return (
            <Line
              key={line.key}
              line={line}
              index={item.index}
              top={item.start}
              height={height}
              narrow={narrow}
              checked={checked.lines.get(line.key)}
              errors={checked.lineErrors.get(line.key)}
              dispatch={dispatch}
              focus={focus}
            />
          )
        })}
      </div>
    </div>
  )
}

interface LineProps {
  line: EntryLine
  index: number
  top: number
  height: number
  narrow: boolean
  checked: CheckedLine | undefined
  errors: Map<string, string> | undefined
  dispatch: Dispatch<EntryChange>
  focus: (index: number, cell: Cell) => void
}

const Line = memo(function Line(props: LineProps) {
  const { line, index, top, height, narrow, checked, errors, dispatch, focus } = props
  const { t } = useTranslation()
  const set = (change: Partial<EntryLine>) => dispatch({ kind: 'line', key: line.key, change })
  const onKeys = (cell: Cell) => (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing || keysOf(event.nativeEvent) === 'mod+Enter') return
    if (event.key === 'Enter' && cell !== 'product') focus(index + 1, 'product')
    else if (event.key === 'ArrowDown') focus(index + 1, cell)
    else if (event.key === 'ArrowUp') focus(index - 1, cell)
    else if (event.key === 'Delete' && (event.ctrlKey || event.metaKey)) {
      dispatch({ kind: 'remove', key: line.key })
      focus(Math.max(0, index - 1), 'product')
    } else return
    event.preventDefault()
  }
  const blank = isBlank(line)
  const label = (key: string) => t('order:entry.cell', { line: index + 1, field: t(key) })
  const first = blank || inProgress(line) ? undefined : [...(errors?.values() ?? [])][0]
  const unmatched =
    !line.product && !inProgress(line) && line.text.trim() !== '' ? t('order:entry.unmatched') : undefined
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      data-line={index}
      className={`entry-row body${first || unmatched ? ' wrong' : ''}`}
      style={{ transform: `translateY(${top}px)`, height }}
    >
      <span role="cell" className="soft entry-no">
        {index + 1}
      </span>
      <span role="cell" className="entry-product">
        <ProductField
          product={line.product}
          text={line.text}
          label={label('order:line.product')}
          error={errors?.get('product_id')}
          onText={text => set({ text, product: null })}
          onChoose={(product, unit) =>
            set({ product, text: '', unit, choices: product.id === line.product?.id ? line.choices : [] })
          }
          onNext={() => focus(index, 'quantity')}
          onKeyDown={onKeys('product')}
        />
        <span className={`cut below ${first || unmatched ? 'ink-late' : 'soft'}`}>
          {line.product?.configurable && <Choose line={line} checked={checked} set={set} />}
          {first ?? unmatched ?? (line.product ? `${line.product.code} ${line.product.spec}` : '')}
        </span>
      </span>
      <span role="cell" className="entry-quantity">
        <input
          className="cell num"
          data-cell="quantity"
          inputMode="decimal"
          value={line.quantity}
          placeholder={narrow ? t('order:line.quantity') : ''}
          aria-label={label('order:line.quantity')}
          aria-invalid={errors?.has('quantity') || undefined}
          onFocus={event => event.target.select()}
          onChange={event => set({ quantity: event.target.value })}
          onKeyDown={onKeys('quantity')}
        />
        <Unit line={line} label={label('order:line.unit')} set={set} />
      </span>
      <span role="cell" className="entry-price">
        <input
          className="cell num"
          data-cell="price"
          inputMode="decimal"
          value={line.price}
          placeholder={
            checked?.unit_price ? formatUnitPrice(saidOf(checked).unit_price) : narrow ? t('order:line.unit_price') : ''
          }
          aria-label={label('order:line.unit_price')}
          aria-invalid={errors?.has('unit_price') || undefined}
          onFocus={event => event.target.select()}
          onChange={event => set({ price: event.target.value })}
          onKeyDown={onKeys('price')}
        />
        <span className="below num">
          {line.product && checked && (
            <PriceTag
              source={checked.price_source.kind}
              book={checked.price_source.book_price}
              rule={checked.price_source.rule}
              off={checked.price_source.book_deviation}
              last={checked.price_source.last_price}
              lastOn={checked.price_source.last_price_on}
              lastOff={checked.price_source.last_deviation}
            />
          )}
        </span>
      </span>
      <span role="cell" className="entry-discount">
        <input
          className="cell num"
          data-cell="discount"
          inputMode="decimal"
          value={line.discount}
          placeholder={narrow ? t('order:line.discount_rate') : '0'}
          aria-label={label('order:line.discount_rate')}
          aria-invalid={errors?.has('discount_rate') || undefined}
          onFocus={event => event.target.select()}
          onChange={event => set({ discount: event.target.value })}
          onKeyDown={onKeys('discount')}
        />
      </span>
      <span role="cell" className="num strong entry-gross">
        {line.product && checked ? formatAmount(checked.gross) : ''}
      </span>
      <span role="cell" className="num entry-available">
        {line.product && checked && <Available checked={checked} set={set} label={label('order:entry.substitute')} />}
      </span>
      <span role="cell" className="entry-note">
        <input
          className="cell"
          data-cell="note"
          value={line.note}
          placeholder={narrow ? t('order:line.note') : ''}
          maxLength={200}
          aria-label={label('order:line.note')}
          onChange={event => set({ note: event.target.value })}
          onKeyDown={onKeys('note')}
        />
        {line.price.trim() !== '' && (isOff(checked) || checked?.price_source.kind === 'free') && (
          <input
            className="cell below reason"
            value={line.priceReason ?? ''}
            placeholder={t('order:entry.price_reason')}
            maxLength={200}
            aria-label={label('order:entry.price_reason')}
            aria-invalid={errors?.has('price_reason') || undefined}
            onChange={event => set({ priceReason: event.target.value })}
          />
        )}
      </span>
      <span role="cell" className="entry-remove">
        {!blank && (
          <button
            type="button"
            className="icon-button"
            tabIndex={-1}
            aria-label={t('order:entry.remove_line', { line: index + 1 })}
            onClick={() => dispatch({ kind: 'remove', key: line.key })}
          >
            <DeleteOutlined />
          </button>
        )}
      </span>
    </div>
  )
})

/** Whether a typed price is another one than the book's or the last. */
function isOff(checked: CheckedLine | undefined): boolean {
  const { book_deviation, last_deviation } = checked?.price_source ?? {}
  return [book_deviation, last_deviation].some(off => off && !isZero(off))
}

type Set = (change: Partial<EntryLine>) => void

/** The unit a line is ordered in; a choice where the product has several. */
function Unit({ line, label, set }: { line: EntryLine; label: string; set: Set }) {
  const { product, unit } = line
  const units = product?.units ?? []
  if (!product || units.length === 0) return <span className="soft below num">{product?.unit ?? ''}</span>
  return (
    <select
      className="entry-unit"
      aria-label={label}
      tabIndex={-1}
      value={unit}
      onChange={event => set({ unit: event.target.value, price: '' })}
    >
      <option value="">{product.unit}</option>
      {units.map(name => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
    </select>
  )
}

/** What is chosen of a configurable product, and the way to choose it. */
function Choose({ line, checked, set }: { line: EntryLine; checked: CheckedLine | undefined; set: Set }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const names = checked ? chosenNames(checked) : ''
  return (
    <>
      <button type="button" className="link-button" onClick={() => setOpen(true)}>
        {t('order:line.configure')}
        {names && `：${names}`}
      </button>{' '}
      {open && line.product && (
        <Suspense fallback={null}>
          <ConfigureDrawer
            productId={line.product.id}
            chosen={line.choices ?? []}
            onClose={() => setOpen(false)}
            onChoose={choices => {
              set({ choices })
              setOpen(false)
            }}
          />
        </Suspense>
      )}
    </>
  )
}

/** What is free in the warehouse; red with the earliest date when it is not enough, and what may be offered instead. */
function Available({ checked, set, label }: { checked: CheckedLine; set: Set; label: string }) {
  const { t } = useTranslation()
  if (!checked.available) return <span className="soft">–</span>
  const short = compare(checked.quantity.value, checked.available.value) > 0
  if (short && checked.substitutes.length > 0) {
    const take = async (id: string) => {
      const product = await get<Product>(`/products/${id}`)
      set({ product: chosenProduct(product), text: '', unit: '', choices: [], price: '' })
    }
    return (
      <span className="two">
        <span className="ink-late strong">{formatValue(checked.available)}</span>
        <select className="entry-unit" aria-label={label} value="" onChange={event => void take(event.target.value)}>
          <option value="">{t('order:entry.substitute')}</option>
          {checked.substitutes.map(offer => (
            <option key={offer.product.id} value={offer.product.id}>
              {offer.product.name} {formatValue(offer.available)} {offer.unit}
            </option>
          ))}
        </select>
      </span>
    )
  }
  const later = checked.earliest && checked.earliest > today()
  return (
    <span className="two">
      <span className={short ? 'ink-late strong' : 'ink-done'}>{formatValue(checked.available)}</span>
      <span className="soft">{short && later ? `${t('order:line.earliest')} ${checked.earliest?.slice(5)}` : ''}</span>
    </span>
  )
}

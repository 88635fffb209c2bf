/** The product of a line: found by code, name, pinyin or barcode while one types; a scanner's Enter is enough. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { get } from '@/lib/api/client'
import type { Page, Product } from '@/lib/api/types'
import { useDebounced } from '@/lib/debounce'
import { formatMoney } from '@/lib/format'
import { keysOf } from '@/lib/keyboard'
import { type ChosenProduct, chosenProduct, scannedUnit } from './model'

export const productSearch = (text: string) => ({
  queryKey: ['products', 'find', text],
  queryFn: () => get<Page<Product>>('/products', { q: text, active: true, limit: 10 }),
  staleTime: 60_000,
})

/** The product that is meant: exactly that code or barcode, else exactly that name, else the only one found. */
export function meant(found: Product[], text: string): Product | undefined {
  const wanted = text.trim().toLowerCase()
  const digits = wanted.replace(/^0+/, '')
  return (
    found.find(item => item.code.toLowerCase() === wanted) ??
    found.find(item => item.barcode !== '' && item.barcode.replace(/^0+/, '') === digits) ??
    found.find(item => item.units.some(unit => unit.barcode !== '' && unit.barcode.replace(/^0+/, '') === digits)) ??
    found.find(item => item.name.toLowerCase() === wanted || `${item.name} ${item.spec}`.toLowerCase() === wanted) ??
    (found.length === 1 ? found[0] : undefined)
  )
}

interface Props {
  product: ChosenProduct | null
  text: string
  error?: string
  label: string
  onText: (text: string) => void
  onChoose: (product: ChosenProduct, unit: string) => void
  /** Enter was pressed: on to the next field. */
  onNext: () => void
  onKeyDown: (event: KeyboardEvent<HTMLInputElement>) => void
}

export function ProductField(props: Props) {
  const { product, text, onText, onChoose, onNext } = props
  const { t } = useTranslation()
  const client = useQueryClient()
  const input = useRef<HTMLInputElement>(null)
  const [open, setOpen] = useState(false)
  const [active, setActive] = useState(0)
  /** What is offered now, and the text it was found for. */
  const offered = useRef<{ items: Product[]; for: string }>({ items: [], for: '' })
  const items = () => (open && offered.current.for === text.trim() ? offered.current.items : [])

  const choose = (item: Product) => {
    onChoose(chosenProduct(item), scannedUnit(item, text))
    setOpen(false)
  }
  /** The list may not be there yet when Enter comes, as from a scanner: then it is fetched and the line goes on. */
  const settle = async () => {
    const wanted = text.trim()
    if (wanted === '') return
    const page = await client.fetchQuery(productSearch(wanted)).catch(() => null)
    const found = page && (meant(page.items, wanted) ?? page.items[0])
    if (found) onChoose(chosenProduct(found), scannedUnit(found, wanted))
  }
  const enter = () => {
    if (text.trim() !== '' && (!product || open)) {
      const shown = items()[active]
      if (shown) choose(shown)
      else void settle()
    }
    setOpen(false)
    onNext()
  }
  return (
    <>
      <input
        ref={input}
        className="cell"
        data-cell="product"
        value={text === '' && product ? product.name : text}
        placeholder={t('order:entry.find_product')}
        aria-label={props.label}
        aria-invalid={props.error ? true : undefined}
        role="combobox"
        aria-expanded={open}
        aria-controls="product-options"
        aria-autocomplete="list"
        autoComplete="off"
        onFocus={event => event.target.select()}
        onBlur={() => setTimeout(() => setOpen(false), 120)}
        onChange={event => {
          onText(event.target.value)
          setActive(0)
          setOpen(true)
        }}
        onKeyDown={event => {
          if (event.nativeEvent.isComposing || keysOf(event.nativeEvent) === 'mod+Enter') return
          const count = items().length
          if (count > 0 && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
            event.preventDefault()
            setActive(now => (now + (event.key === 'ArrowDown' ? 1 : -1) + count) % count)
          } else if (event.key === 'Enter') {
            event.preventDefault()
            enter()
          } else if (event.key === 'Escape' && open) {
            event.preventDefault()
            setOpen(false)
          } else if (event.key === 'Tab' && !event.shiftKey && items()[active]) {
            const shown = items()[active]
            if (shown) choose(shown)
          } else props.onKeyDown(event)
        }}
      />
      {open && text.trim() !== '' && (
        <Options
          text={text.trim()}
          anchor={input.current}
          active={active}
          onOffer={(found, wanted) => {
            offered.current = { items: found, for: wanted }
          }}
          onHover={setActive}
          onChoose={choose}
        />
      )}
    </>
  )
}

interface OptionsProps {
  text: string
  anchor: HTMLElement | null
  active: number
  onOffer: (items: Product[], text: string) => void
  onHover: (index: number) => void
  onChoose: (product: Product) => void
}

const NONE: Product[] = []

/** Asks only while it is open, so that a thousand lines cost nothing. */
function Options({ text, anchor, active, onOffer, onHover, onChoose }: OptionsProps) {
  const { t } = useTranslation()
  const asked = useDebounced(text, 120)
  const { data } = useQuery(productSearch(asked))
  const items = data?.items ?? NONE
  // biome-ignore lint/correctness/useExhaustiveDependencies: told when the answer changes, not when the listener does
  useEffect(() => onOffer(items, data ? asked : ''), [items, asked, data])
  const [place, setPlace] = useState({ left: 0, top: 0, width: 0 })
  const position = () => {
    const box = anchor?.getBoundingClientRect()
    if (!box) return
    const room = window.innerHeight - box.bottom
    const height = Math.min(320, items.length * 40 + 12)
    setPlace({
      left: Math.max(8, Math.min(box.left, window.innerWidth - 8 - Math.max(box.width, 340))),
      top: room > height || room > box.top ? box.bottom + 2 : box.top - height - 2,
      width: Math.min(Math.max(box.width, 420), window.innerWidth - 16),
    })
  }
  useLayoutEffect(position, [anchor, items.length])
  // biome-ignore lint/correctness/useExhaustiveDependencies: follows the field while anything scrolls
  useEffect(() => {
    window.addEventListener('scroll', position, true)
    return () => window.removeEventListener('scroll', position, true)
  }, [anchor, items.length])
  if (!data) return null
  return createPortal(
    <div
      className="product-options"
      style={place}
      role="listbox"
      id="product-options"
      aria-label={t('palette:results')}
    >
      {items.length === 0 && <div className="soft product-none">{t('order:entry.no_product')}</div>}
      {items.map((item, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keyboard
        <div
          key={item.id}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          className="product-option"
          onMouseMove={() => onHover(index)}
          onMouseDown={event => event.preventDefault()}
          onClick={() => onChoose(item)}
        >
          <span className="soft mono">{item.code}</span>
          <span className="cut">
            {item.name} <span className="soft">{item.spec}</span>
          </span>
          <span className="mono">
            {formatMoney(item.list_price)}
            <span className="soft">/{item.unit}</span>
          </span>
        </div>
      ))}
    </div>,
    document.getElementById('content') ?? document.body,
  )
}

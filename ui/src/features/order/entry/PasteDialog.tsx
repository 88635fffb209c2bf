/** Shows what was understood of a pasted spreadsheet before any of it becomes a line. */
import { useQueryClient } from '@tanstack/react-query'
import { useVirtualizer } from '@tanstack/react-virtual'
import { Checkbox, Modal, Progress, Select } from 'antd'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { StateTag } from '@/components/StateTag'
import { get } from '@/lib/api/client'
import type { Page, Product } from '@/lib/api/types'
import { formatDecimal } from '@/lib/format'
import { type ChosenProduct, chosenProduct, type EntryLine, emptyLine } from './model'
import { meant, productSearch } from './ProductField'
import { cellsOf, MEANINGS, type Meaning, type PastedRow, readRows, understand } from './paste'

/** Looking each up by itself is quicker than reading the catalogue only for a few. */
const FEW = 40
const PAGES = 100

/** Finds the products the rows name; told step by step, as a long list takes a moment. */
function useProducts(names: string[]): { found: Map<string, ChosenProduct | null>; done: boolean } {
  const client = useQueryClient()
  const [found, setFound] = useState<Map<string, ChosenProduct | null>>(new Map())
  const key = names.join('\n')
  useEffect(() => {
    let live = true
    const wanted = new Set(key === '' ? [] : key.split('\n'))
    const answer = new Map<string, ChosenProduct | null>()
    const tell = () => {
      if (live) setFound(new Map(answer))
    }
    const readCatalogue = async () => {
      let cursor: string | null = null
      for (let page = 0; page < PAGES && live && answer.size < wanted.size; page += 1) {
        const read: Page<Product> = await get<Page<Product>>('/products', { active: true, limit: 200, cursor })
        for (const name of wanted) {
          const product = answer.has(name) ? undefined : read.items.length === 1 ? undefined : meant(read.items, name)
          if (product) answer.set(name, chosenProduct(product))
        }
        tell()
        cursor = read.next
        if (!cursor) return
      }
    }
    const readEach = async () => {
      const open = [...wanted].filter(name => !answer.has(name))
      const worker = async () => {
        for (let name = open.pop(); name !== undefined && live; name = open.pop()) {
          const page = await client.fetchQuery(productSearch(name)).catch(() => null)
          const product = page ? meant(page.items, name) : undefined
          answer.set(name, product ? chosenProduct(product) : null)
          tell()
        }
      }
      await Promise.all(Array.from({ length: 5 }, worker))
    }
    void (async () => {
      if (wanted.size > FEW) await readCatalogue().catch(() => undefined)
      await readEach()
    })()
    return () => {
      live = false
    }
  }, [key, client])
  return { found, done: names.every(name => found.has(name)) }
}

interface Props {
  text: string
  onAdd: (lines: EntryLine[]) => void
  onClose: () => void
}

const ROW = 34

export default function PasteDialog({ text, onAdd, onClose }: Props) {
  const { t } = useTranslation()
  const read = useMemo(() => understand(cellsOf(text)), [text])
  const [meanings, setMeanings] = useState<Meaning[]>(read.meanings)
  const [withWrong, setWithWrong] = useState(false)
  const rows = useMemo(() => readRows(read.rows, meanings), [read.rows, meanings])
  const names = useMemo(() => [...new Set(rows.map(row => row.product).filter(Boolean))], [rows])
  const { found, done } = useProducts(names)
  const wrong = (row: PastedRow) => row.errors.length > 0 || found.get(row.product) === null
  const good = rows.filter(row => row.errors.length === 0 && found.get(row.product))
  const bad = rows.filter(wrong)
  const taken = withWrong ? rows : good
  const add = () =>
    onAdd(
      taken.map(row => {
        const product = found.get(row.product) ?? null
        return {
          ...emptyLine(),
          product,
          text: product ? '' : row.product,
          quantity: row.quantity,
          price: row.price,
          discount: row.discount,
          note: row.note,
        }
      }),
    )
  return (
    <Modal
      open
      title={t('order:paste.title')}
      width={980}
      onCancel={onClose}
      cancelText={t('common:back')}
      okText={t('order:paste.add', { count: taken.length })}
      okButtonProps={{ disabled: !done || taken.length === 0, autoFocus: true }}
      onOk={add}
    >
      <div className="row wrap gap-below">
        <StateTag tone="done">{t('order:paste.good', { count: good.length })}</StateTag>
        {bad.length > 0 && <StateTag tone="late">{t('order:paste.bad', { count: bad.length })}</StateTag>}
        {read.headed && <span className="soft">{t('order:paste.headed')}</span>}
        {!done && (
          <Progress
            percent={Math.round((100 * found.size) / Math.max(1, names.length))}
            size="small"
            style={{ width: 160, margin: 0 }}
            aria-label={t('common:loading')}
          />
        )}
        <span className="grow" />
        {bad.length > 0 && (
          <Checkbox checked={withWrong} onChange={event => setWithWrong(event.target.checked)}>
            {t('order:paste.with_wrong')}
          </Checkbox>
        )}
      </div>
      <Preview
        rows={read.rows}
        read={rows}
        meanings={meanings}
        found={found}
        onMeaning={(index, meaning) =>
          setMeanings(now =>
            now.map((each, at) => (at === index ? meaning : each === meaning && meaning !== 'skip' ? 'skip' : each)),
          )
        }
      />
    </Modal>
  )
}

interface PreviewProps {
  rows: string[][]
  read: PastedRow[]
  meanings: Meaning[]
  found: Map<string, ChosenProduct | null>
  onMeaning: (index: number, meaning: Meaning) => void
}

function Preview({ rows, read, meanings, found, onMeaning }: PreviewProps) {
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW,
    overscan: 10,
  })
  const template = `36px ${meanings.map(() => 'minmax(96px, 1fr)').join(' ')} minmax(240px, 2fr)`
  return (
    <div
      className="paste-box"
      ref={box}
      role="table"
      aria-label={t('order:paste.title')}
      aria-rowcount={rows.length + 1}
    >
      <div role="rowgroup" className="paste-head">
        <div role="row" className="paste-row" style={{ gridTemplateColumns: template }}>
          <span role="columnheader">{t('order:line.no')}</span>
          {meanings.map((meaning, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other name
            <span role="columnheader" key={index}>
              <Select
                size="small"
                aria-label={t('order:paste.column', { column: index + 1 })}
                value={meaning}
                style={{ width: '100%' }}
                options={MEANINGS.map(value => ({ value, label: t(`order:paste.meaning.${value}`) }))}
                onChange={value => onMeaning(index, value)}
              />
            </span>
          ))}
          <span role="columnheader">{t('order:paste.understood')}</span>
        </div>
      </div>
      <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map(item => {
          const cells = rows[item.index] ?? []
          const row = read[item.index]
          if (!row) return null
          return (
            <div
              role="row"
              key={item.key}
              className="paste-row body"
              style={{ gridTemplateColumns: template, height: ROW, transform: `translateY(${item.start}px)` }}
            >
              <span role="cell" className="soft">
                {item.index + 1}
              </span>
              {meanings.map((meaning, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other name
                <span role="cell" key={index} className={`cut ${meaning === 'skip' ? 'soft' : ''}`}>
                  {cells[index]}
                </span>
              ))}
              <span role="cell" className="cut">
                <Understood row={row} product={found.get(row.product)} />
              </span>
            </div>
          )
        })}
      </div>
    </div>
  )
}

function Understood({ row, product }: { row: PastedRow; product: ChosenProduct | null | undefined }) {
  const { t } = useTranslation()
  const errors = row.errors.map(key => t(key))
  if (product === null) errors.unshift(t('order:paste.error.unknown'))
  if (errors.length > 0) return <span className="ink-late">{errors.join('，')}</span>
  if (!product) return <span className="soft">…</span>
  return (
    <span className="ink-done">
      {product.name} {product.spec} × {formatDecimal(row.quantity)} {product.unit}
      {row.price && ` @ ${formatDecimal(row.price)}`}
    </span>
  )
}

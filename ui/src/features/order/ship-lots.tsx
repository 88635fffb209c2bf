/** What is shipped by scanning, and out of which lots (SHP-02, INV-05). */
import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DecimalInput } from '@/components/form/DecimalInput'
import { ScanInput, type Scanned } from '@/components/ScanInput'
import { TableBox } from '@/components/TableBox'
import { get } from '@/lib/api/client'
import type { OrderLine, StockPlace } from '@/lib/api/types'
import { add, compare, isZero, readDecimal } from '@/lib/decimal'
import { findProduct } from '@/lib/find-product'
import { formatQuantity } from '@/lib/format'

/** How much of which lot, by line. */
export type Lots = Record<number, Record<string, string>>

/** The lots said for a line, without those of nothing. */
export function lotsOf(lots: Lots, line: number): { lot: string; quantity: string }[] {
  return Object.entries(lots[line] ?? {})
    .map(([lot, quantity]) => ({ lot, quantity: readDecimal(quantity) ?? '0' }))
    .filter(one => compare(one.quantity, '0') > 0)
}

interface Counts {
  values: Record<number, string>
  lots: Lots
}

interface ScanProps {
  lines: OrderLine[]
  /** What was scanned so far in all. */
  onCount: (counts: Counts) => void
}

/** Each scan counts one more of its line, or as much as the code says; the first clears what was proposed. */
export function ShipScan({ lines, onCount }: ScanProps) {
  const { t } = useTranslation()
  const counts = useRef<Counts | null>(null)
  const take = async (typed: string): Promise<Scanned> => {
    const found = await findProduct(typed)
    if ('missing' in found) return { tone: 'late', text: t(`order-step:ship_lots.${found.missing}`, { text: typed }) }
    const { name, code } = found.product
    const line = lines.find(one => one.product.code === code)
    if (!line) return { tone: 'late', text: t('order-step:ship_lots.not_ordered', { name }) }
    const lot = found.said?.serial ?? found.said?.lot
    const one = readDecimal(found.said?.quantity ?? '1') ?? '1'
    const before: Counts = counts.current ?? { values: {}, lots: {} }
    const sum = add(before.values[line.line_no] ?? '0', one)
    const next: Counts = { values: { ...before.values, [line.line_no]: sum }, lots: before.lots }
    if (lot) {
      const own = before.lots[line.line_no] ?? {}
      next.lots = { ...before.lots, [line.line_no]: { ...own, [lot]: add(own[lot] ?? '0', one) } }
    }
    counts.current = next
    onCount(next)
    const quantity = formatQuantity({ value: sum, unit: line.unit })
    return {
      tone: 'done',
      text: t(lot ? 'order-step:ship_lots.counted_lot' : 'order-step:ship_lots.counted', { name, quantity, lot }),
    }
  }
  return (
    <ScanInput
      label={t('order-step:ship_lots.scan_label')}
      placeholder={t('order-step:ship_lots.scan')}
      hint={t('order-step:ship_lots.scan_hint')}
      onScan={take}
    />
  )
}

interface LotProps {
  lines: OrderLine[]
  warehouse: string
  lots: Lots
  onChange: (lots: Lots) => void
}

/** The lots of one line's product in the warehouse, each with how much of it is shipped. */
export function ShipLots({ lines, warehouse, lots, onChange }: LotProps) {
  const { t } = useTranslation()
  const [no, setNo] = useState(lines[0]?.line_no)
  const line = lines.find(one => one.line_no === no)
  const product = line?.product.id ?? ''
  const query = useQuery({
    queryKey: ['stock', 'places', product, warehouse],
    queryFn: () => get<StockPlace[]>('/stock/places', { product, warehouse }),
    enabled: product !== '',
  })
  if (!line) return null
  const there = (query.data ?? []).filter(place => place.lot !== '' && place.status === 'free')
  const byLot = new Map<string, { expires: string | null; bins: string[]; sum: string }>()
  for (const place of there) {
    const known = byLot.get(place.lot) ?? { expires: place.expires_on ?? null, bins: [], sum: '0' }
    known.bins.push(place.bin)
    known.sum = add(known.sum, place.on_hand.value)
    byLot.set(place.lot, known)
  }
  return (
    <div className="gap-below">
      <div className="row gap-below">
        <span className="soft">{t('order-step:ship_lots.line')}</span>
        <Select
          aria-label={t('order-step:ship_lots.line')}
          className="grow"
          value={no}
          onChange={setNo}
          options={lines.map(one => ({ value: one.line_no, label: `${one.line_no} · ${one.name}` }))}
        />
      </div>
      {byLot.size === 0 && !query.isPending ? (
        <p className="soft">{t('order-step:ship_lots.none', { name: line.name })}</p>
      ) : (
        <TableBox label={t('order-step:ship_lots.choose')}>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t('order-step:ship_lots.lot')}</th>
                <th scope="col">{t('order-step:ship_lots.bin')}</th>
                <th scope="col">{t('order-step:ship_lots.expires')}</th>
                <th scope="col" className="num">
                  {t('order-step:ship_lots.free')}
                </th>
                <th scope="col" className="num">
                  {t('order-step:ship_lots.quantity')}
                </th>
              </tr>
            </thead>
            <tbody>
              {[...byLot].map(([lot, { expires, bins, sum }]) => (
                <tr key={lot}>
                  <td>{lot}</td>
                  <td>{bins.filter(Boolean).join(' ') || '–'}</td>
                  <td>{expires ?? '–'}</td>
                  <td className="num">{formatQuantity({ value: sum, unit: line.unit })}</td>
                  <td className="num">
                    <DecimalInput
                      aria-label={`${lot} ${t('order-step:ship_lots.quantity')}`}
                      value={lots[line.line_no]?.[lot] ?? ''}
                      onChange={value =>
                        onChange({ ...lots, [line.line_no]: { ...lots[line.line_no], [lot]: value ?? '' } })
                      }
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableBox>
      )}
    </div>
  )
}

/** What was chosen, line by line, in words. */
export function ChosenLots({ lines, lots }: { lines: OrderLine[]; lots: Lots }) {
  const { t } = useTranslation()
  const chosen = lines
    .map(line => ({ line, own: lotsOf(lots, line.line_no).filter(one => !isZero(one.quantity)) }))
    .filter(({ own }) => own.length > 0)
  if (chosen.length === 0) return null
  return (
    <ul className="plain gap-below">
      {chosen.map(({ line, own }) => (
        <li key={line.line_no}>
          {t('order-step:ship_lots.chosen', {
            name: line.name,
            lots: own.map(({ lot, quantity }) => `${lot} × ${quantity}`).join('，'),
          })}
        </li>
      ))}
      <li className="soft">{t('order-step:ship_lots.rest')}</li>
    </ul>
  )
}

/** The scanner in a dialog about one place: each piece of its product counts one more, and a bin is where it goes (INV-05). */
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { ScanInput } from '@/components/ScanInput'
import type { Bin } from '@/lib/api/types'
import { add, readDecimal } from '@/lib/decimal'
import { findProduct } from '@/lib/find-product'

interface Props {
  /** Its product. */
  product: string
  /** The lot that lies there; a code that names another one is refused. */
  lot: string
  /** How many were scanned so far in all. */
  onCount: (quantity: string) => void
  /** Bins a scanned code may mean. */
  bins?: Bin[]
  onBin?: (bin: string) => void
}

export function PieceScan({ product, lot, onCount, bins, onBin }: Props) {
  const { t } = useTranslation()
  const counted = useRef('0')
  const take = async (typed: string) => {
    const bin = bins?.find(one => one.active && one.code.toLowerCase() === typed.toLowerCase())
    if (bin && onBin) {
      onBin(bin.code)
      return { tone: 'done' as const, text: t('place:piece.bin', { bin: bin.code }) }
    }
    const found = await findProduct(typed)
    if ('missing' in found) return { tone: 'late' as const, text: t('place:piece.unknown', { text: typed }) }
    if (found.product.id !== product) {
      return { tone: 'late' as const, text: t('place:piece.other', { name: found.product.name }) }
    }
    const said = found.said?.serial ?? found.said?.lot
    if (said && said !== lot) return { tone: 'late' as const, text: t('place:piece.other_lot', { lot: said }) }
    counted.current = add(counted.current, readDecimal(found.said?.quantity ?? '1') ?? '1')
    onCount(counted.current)
    return { tone: 'done' as const, text: t('place:piece.counted', { quantity: counted.current }) }
  }
  return (
    <ScanInput
      label={t('place:piece.label')}
      placeholder={t(onBin ? 'place:piece.scan_bin' : 'place:piece.scan')}
      hint={t('place:piece.hint')}
      onScan={take}
    />
  )
}

import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { ScanInput } from '@/components/ScanInput'
import { findProduct } from '@/lib/find-product'
import { counted } from './lines'
import { readPasted } from './paste'
import type { ReceiptLine } from './receive'

interface Props {
  lines: ReceiptLine[]
  onChange: (lines: ReceiptLine[]) => void
}

/** One field for the scanner: each code counts one more, and it says what it understood. A pasted table goes in at once. */
export function ScanField({ lines, onChange }: Props) {
  const { t } = useTranslation()
  const now = useRef(lines)
  now.current = lines
  const put = (next: ReceiptLine[]) => {
    now.current = next
    onChange(next)
  }

  const take = async (typed: string) => {
    const found = await findProduct(typed)
    if ('missing' in found) return { tone: 'late' as const, text: t(`stock:receive.${found.missing}`, { text: typed }) }
    const next = counted(now.current, found.product, found.said?.quantity ?? '1', found.said)
    put(next)
    const lot = found.said?.serial ?? found.said?.lot
    const quantity = next.find(line => line.product_id === found.product.id && (!lot || line.lot === lot))?.quantity
    return { tone: 'done' as const, text: t('stock:receive.added', { name: found.product.name, quantity }) }
  }
  const takeTable = async (table: string) => {
    const missing: string[] = []
    let taken = 0
    for (const row of readPasted(table)) {
      const found = await findProduct(row.code)
      if ('missing' in found) missing.push(row.code)
      else {
        put(counted(now.current, found.product, row.quantity))
        taken += 1
      }
    }
    const words = [
      t('stock:receive.pasted', { shown: taken }),
      ...(missing.length > 0 ? [t('stock:receive.pasted_missing', { list: missing.join('、') })] : []),
    ]
    return { tone: missing.length > 0 ? ('late' as const) : ('done' as const), text: words.join('；') }
  }
  return (
    <ScanInput
      label={t('stock:receive.scan_label')}
      placeholder={t('stock:receive.scan')}
      hint={t('stock:receive.paste_hint')}
      onScan={take}
      onTable={takeTable}
    />
  )
}

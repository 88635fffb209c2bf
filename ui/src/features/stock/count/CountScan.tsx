/** Counting with the scanner: each code counts one more of its line; what the count does not have becomes a new place. */
import { ScanOutlined } from '@ant-design/icons'
import { Input } from 'antd'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { StockCount } from '@/lib/api/types'
import { add, isDecimal } from '@/lib/decimal'
import { findProduct } from '@/lib/find-product'
import { useProblemText } from '@/lib/step'
import type { Typed } from './CountPage'
import '../stock.css'

interface Props {
  count: StockCount
  typed: Typed
  onTyped: (typed: Typed) => void
  onFound: (entry: { line_no: number; product_id: string; bin: string; lot: string; counted: string }) => void
}
type Said = { tone: 'done' | 'late'; text: string }

export function CountScan({ count, typed, onTyped, onFound }: Props) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const [text, setText] = useState('')
  const [bin, setBin] = useState('')
  const [said, setSaid] = useState<Said | null>(null)
  const now = useRef(typed)
  now.current = typed
  const queue = useRef(Promise.resolve())

  const take = async (scanned: string) => {
    if (count.lines.some(line => line.bin === scanned)) {
      setBin(scanned)
      setSaid({ tone: 'done', text: t('place:count_of.in_bin', { bin: scanned }) })
      return
    }
    const found = await findProduct(scanned)
    if ('missing' in found) {
      setSaid({ tone: 'late', text: t(`stock:receive.${found.missing}`, { text: scanned }) })
      return
    }
    const { product, said: bars } = found
    const lot = bars?.serial ?? bars?.lot ?? ''
    const line = count.lines.find(
      one => one.product.id === product.id && (!bin || one.bin === bin) && (!lot || one.lot === lot),
    )
    const more = bars?.quantity ?? '1'
    if (!line) {
      onFound({ line_no: 0, product_id: product.id, bin, lot, counted: more })
      setSaid({ tone: 'done', text: t('place:count_of.new_place', { name: product.name }) })
      return
    }
    const before = now.current[line.line_no] ?? line.counted?.value
    const next = add(before && isDecimal(before) ? before : '0', more)
    now.current = { ...now.current, [line.line_no]: next }
    onTyped(now.current)
    setSaid({ tone: 'done', text: t('stock:receive.added', { name: product.name, quantity: next }) })
  }
  return (
    <div className="scan-field">
      <Input
        size="large"
        prefix={<ScanOutlined aria-hidden="true" />}
        suffix={bin && <span className="soft">{bin}</span>}
        value={text}
        aria-label={t('place:count_of.scan_label')}
        placeholder={t('place:count_of.scan')}
        autoComplete="off"
        onChange={event => setText(event.target.value)}
        onPressEnter={event => {
          event.preventDefault()
          const scanned = text.trim()
          setText('')
          if (!scanned) return
          queue.current = queue.current
            .then(() => take(scanned))
            .catch((error: unknown) => {
              setSaid({ tone: 'late', text: problemText(error) })
            })
        }}
      />
      <div role="status" className={said ? `scan-said ink-${said.tone}` : 'scan-said soft'}>
        {said?.text ?? t('place:count_of.scan_hint')}
      </div>
    </div>
  )
}

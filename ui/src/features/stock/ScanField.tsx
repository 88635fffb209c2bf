import { ScanOutlined } from '@ant-design/icons'
import { Input } from 'antd'
import { type ClipboardEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemText } from '@/lib/step'
import { findProduct } from './find'
import { counted } from './lines'
import { readPasted } from './paste'
import type { ReceiptLine } from './receive'

interface Props {
  lines: ReceiptLine[]
  onChange: (lines: ReceiptLine[]) => void
}
type Said = { tone: 'done' | 'late'; text: string }

/** One field for the scanner: each code counts one more, and it says what it understood. A pasted table goes in at once. */
export function ScanField({ lines, onChange }: Props) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const [text, setText] = useState('')
  const [said, setSaid] = useState<Said | null>(null)
  const now = useRef(lines)
  now.current = lines
  const queue = useRef(Promise.resolve())
  const put = (next: ReceiptLine[]) => {
    now.current = next
    onChange(next)
  }

  const take = async (typed: string) => {
    const found = await findProduct(typed)
    if ('missing' in found) {
      setSaid({ tone: 'late', text: t(`stock:receive.${found.missing}`, { text: typed }) })
      return
    }
    const next = counted(now.current, found.product, found.said?.quantity ?? '1', found.said)
    put(next)
    const lot = found.said?.serial ?? found.said?.lot
    const quantity = next.find(line => line.product_id === found.product.id && (!lot || line.lot === lot))?.quantity
    setSaid({ tone: 'done', text: t('stock:receive.added', { name: found.product.name, quantity }) })
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
    setSaid({ tone: missing.length > 0 ? 'late' : 'done', text: words.join('；') })
  }
  /** One after the other: a scanner is faster than the answers. */
  const later = (work: () => Promise<void>) => {
    queue.current = queue.current.then(work).catch((error: unknown) => {
      setSaid({ tone: 'late', text: problemText(error) })
    })
  }
  const onPaste = (event: ClipboardEvent<HTMLInputElement>) => {
    const table = event.clipboardData.getData('text/plain')
    if (!table.includes('\t')) return
    event.preventDefault()
    later(() => takeTable(table))
  }
  return (
    <div className="scan-field">
      <Input
        size="large"
        prefix={<ScanOutlined aria-hidden="true" />}
        value={text}
        aria-label={t('stock:receive.scan_label')}
        placeholder={t('stock:receive.scan')}
        autoComplete="off"
        onChange={event => setText(event.target.value)}
        onPaste={onPaste}
        onPressEnter={event => {
          event.preventDefault()
          const typed = text.trim()
          setText('')
          if (typed) later(() => take(typed))
        }}
      />
      <div role="status" className={said ? `scan-said ink-${said.tone}` : 'scan-said soft'}>
        {said?.text ?? t('stock:receive.paste_hint')}
      </div>
    </div>
  )
}

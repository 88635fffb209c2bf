import { ScanOutlined } from '@ant-design/icons'
import { Input } from 'antd'
import { type ClipboardEvent, useRef, useState } from 'react'
import { useProblemText } from '@/lib/step'
import './components.css'

/** What was understood: done, or refused. */
export interface Scanned {
  tone: 'done' | 'late'
  text: string
}

interface Props {
  label: string
  placeholder: string
  /** Said before anything is scanned. */
  hint: string
  onScan: (typed: string) => Promise<Scanned>
  /** A table that is pasted; nothing: it is typed as it is. */
  onTable?: (table: string) => Promise<Scanned>
}

/** One field for the scanner, which says what it understood. Codes are taken one after the other: a scanner is faster than the answers. */
export function ScanInput({ label, placeholder, hint, onScan, onTable }: Props) {
  const problemText = useProblemText()
  const [text, setText] = useState('')
  const [said, setSaid] = useState<Scanned | null>(null)
  const queue = useRef(Promise.resolve())
  const later = (work: () => Promise<Scanned>) => {
    queue.current = queue.current
      .then(work)
      .then(setSaid)
      .catch((error: unknown) => {
        setSaid({ tone: 'late', text: problemText(error) })
      })
  }
  const onPaste = (event: ClipboardEvent<HTMLInputElement>) => {
    const table = event.clipboardData.getData('text/plain')
    if (!onTable || !table.includes('\t')) return
    event.preventDefault()
    later(() => onTable(table))
  }
  return (
    <div className="scan-field">
      <Input
        size="large"
        prefix={<ScanOutlined aria-hidden="true" />}
        value={text}
        aria-label={label}
        placeholder={placeholder}
        autoComplete="off"
        onChange={event => setText(event.target.value)}
        onPaste={onPaste}
        onPressEnter={event => {
          event.preventDefault()
          const typed = text.trim()
          setText('')
          if (typed) later(() => onScan(typed))
        }}
      />
      <div role="status" className={said ? `scan-said ink-${said.tone}` : 'scan-said soft'}>
        {said?.text ?? hint}
      </div>
    </div>
  )
}

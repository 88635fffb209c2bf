/** The message: typed, pasted or dropped; once it is read, with the places that were understood. */
import { Alert, Button, Input } from 'antd'
import { type DragEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { IntakeReading } from '@/lib/api/types'
import { marksOf, piecesOf } from './model'

interface Props {
  text: string
  reading: IntakeReading | null
  /** The field that has the focus; its words stand out. */
  active: string
  busy: boolean
  error?: string
  onChange: (text: string) => void
  onRead: (text?: string) => void
  onEdit: () => void
}

const LONGEST = 20_000

export function Message({ text, reading, active, busy, error, onChange, onRead, onEdit }: Props) {
  const { t } = useTranslation()
  const [over, setOver] = useState(false)
  const [tooLong, setTooLong] = useState(false)
  const drop = (event: DragEvent) => {
    const file = event.dataTransfer.files[0]
    setOver(false)
    if (!file) return
    event.preventDefault()
    void file.text().then(content => {
      setTooLong(content.length > LONGEST)
      onChange(content.slice(0, LONGEST))
      onRead(content.slice(0, LONGEST))
    })
  }
  return (
    <section className="card intake-message" aria-label={t('intake:message')}>
      <div className="row">
        <h2 className="grow">{t('intake:message')}</h2>
        {reading && (
          <Button size="small" onClick={onEdit}>
            {t('intake:edit_text')}
          </Button>
        )}
      </div>
      {reading ? (
        <Marked text={text} reading={reading} active={active} />
      ) : (
        <>
          <Input.TextArea
            aria-label={t('intake:message')}
            className={over ? 'intake-over' : ''}
            autoFocus
            autoSize={{ minRows: 12, maxRows: 30 }}
            maxLength={LONGEST}
            placeholder={t('intake:placeholder')}
            value={text}
            status={error ? 'error' : ''}
            onChange={event => onChange(event.target.value)}
            onDragOver={event => {
              event.preventDefault()
              setOver(true)
            }}
            onDragLeave={() => setOver(false)}
            onDrop={drop}
          />
          {error && <p className="intake-error">{error}</p>}
          {tooLong && <Alert type="warning" showIcon title={t('intake:cut')} />}
          <div className="row intake-read">
            <span className="soft grow">{t('intake:hint')}</span>
            <Button type="primary" loading={busy} disabled={text.trim() === ''} onClick={() => onRead()}>
              {t('intake:read')} <kbd>Ctrl ↵</kbd>
            </Button>
          </div>
        </>
      )}
    </section>
  )
}

function Marked({ text, reading, active }: { text: string; reading: IntakeReading; active: string }) {
  return (
    <div className="intake-text">
      {piecesOf(text, marksOf(reading)).map(({ text: words, at, mark }) =>
        mark ? (
          <mark key={at} className={`tone-${mark.tone} ${mark.field === active ? 'active' : ''}`}>
            {words}
          </mark>
        ) : (
          <span key={at}>{words}</span>
        ),
      )}
    </div>
  )
}

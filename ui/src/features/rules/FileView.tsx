/** The rules as a file, with what is wrong with it and everything that conditions may name. */
import { Input } from 'antd'
import { useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Card } from '@/components/Card'
import { StateTag } from '@/components/StateTag'
import type { Mistake, Vocabulary } from './types'

export function FileView(props: {
  text: string
  mistakes: Mistake[]
  locked: boolean
  vocabulary: Vocabulary
  onChange: (text: string) => void
}) {
  const { t } = useTranslation()
  const area = useRef<HTMLTextAreaElement>(null)
  const numbers = useRef<HTMLDivElement>(null)
  const wrong = new Set(props.mistakes.map(mistake => mistake.line))
  const lines = props.text.split('\n').length
  const goTo = (mistake: Mistake) => {
    const element = area.current
    if (!element) return
    const before = props.text
      .split('\n')
      .slice(0, mistake.line - 1)
      .join('\n').length
    const at = before + (mistake.line > 1 ? 1 : 0) + mistake.column - 1
    element.focus()
    element.setSelectionRange(at, at)
    element.scrollTop = Math.max(0, (mistake.line - 5) * 18)
  }
  return (
    <Card title={t('rules:file.title')} flush className="rule-file">
      {props.mistakes.length > 0 && (
        <ul className="rule-mistakes" aria-label={t('rules:mistakes')}>
          {props.mistakes.map(mistake => (
            <li key={`${mistake.line}-${mistake.column}-${mistake.code}`}>
              <button type="button" className="link" onClick={() => goTo(mistake)}>
                {t('rules:file.place', { line: mistake.line, column: mistake.column })}
              </button>{' '}
              {mistake.message}
            </li>
          ))}
        </ul>
      )}
      <div className="rule-text">
        <div className="rule-lines mono" aria-hidden="true" ref={numbers}>
          {Array.from({ length: lines }, (_, line) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
            <div key={line} className={wrong.has(line + 1) ? 'ink-late' : undefined}>
              {line + 1}
            </div>
          ))}
        </div>
        <textarea
          ref={area}
          className="mono"
          value={props.text}
          readOnly={props.locked}
          spellCheck={false}
          wrap="off"
          aria-label={t('rules:file.title')}
          onScroll={event => {
            if (numbers.current) numbers.current.scrollTop = event.currentTarget.scrollTop
          }}
          onChange={event => props.onChange(event.target.value)}
        />
      </div>
      <Words vocabulary={props.vocabulary} />
    </Card>
  )
}

function Words({ vocabulary }: { vocabulary: Vocabulary }) {
  const { t } = useTranslation()
  const [sought, setSought] = useState('')
  const id = useId()
  const fits = (text: string) => text.toLowerCase().includes(sought.trim().toLowerCase())
  const facts = vocabulary.facts.filter(fact => fits(fact.name) || fits(fact.label))
  return (
    <details className="rule-words">
      <summary>{t('rules:words.title', { count: vocabulary.facts.length })}</summary>
      <Input
        id={id}
        allowClear
        value={sought}
        placeholder={t('rules:words.search')}
        aria-label={t('rules:words.search')}
        onChange={event => setSought(event.target.value)}
      />
      <ul>
        {facts.map(fact => (
          <li key={fact.name}>
            <code>{fact.name}</code> {fact.label}
            <StateTag tone="idle">{t(`rules:kind.${fact.kind}`)}</StateTag>
            {fact.codes.length > 0 && (
              <span className="soft"> {fact.codes.map(code => `'${code.code}' ${code.name}`).join('、')}</span>
            )}
          </li>
        ))}
      </ul>
    </details>
  )
}

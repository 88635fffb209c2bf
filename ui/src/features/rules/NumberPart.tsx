/** How documents are numbered from the moment the rules come into force. */
import { useTranslation } from 'react-i18next'
import { Typed } from './fields'
import { Field } from './row'
import type { PartProps } from './types'

export default function NumberPart(part: PartProps) {
  const { t } = useTranslation()
  const numbers = part.document.numbering ?? {}
  return (
    <div className="rule-list">
      <p className="soft">{t('rules:numbers.hint')}</p>
      <div className="rule-fields">
        {part.vocabulary.numbered.map(kind => (
          <Field key={kind.code} label={kind.name} at={`/numbering/${kind.code}`}>
            <Typed
              value={numbers[kind.code] ?? ''}
              label={kind.name}
              placeholder={t('rules:numbers.unsaid', { standard: kind.standard })}
              locked={part.locked}
              mono
              onChange={pattern =>
                part.change({ do: 'set', path: `/numbering/${kind.code}`, value: pattern.trim() || null })
              }
            />
          </Field>
        ))}
      </div>
    </div>
  )
}

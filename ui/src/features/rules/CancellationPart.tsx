/** What cancelling an order costs, by the stage it has come to; the first entry that fits counts. */
import { useTranslation } from 'react-i18next'
import { ConditionField, freeCode, One, Texts, Typed } from './fields'
import { Add, Field, NEW_TEXT, Row } from './row'
import { type PartProps, textIn } from './types'

const STAGES = ['confirmed', 'reserved'] as const

export default function CancellationPart(part: PartProps) {
  const { t, i18n } = useTranslation()
  const rules = part.document.cancellation ?? []
  const stages = STAGES.map(code => ({ code, name: t(`rules:cancellation.stages.${code}`) }))
  return (
    <div className="rule-list">
      <p className="soft">{t('rules:cancellation.hint')}</p>
      {rules.map((rule, place) => {
        const at = `/cancellation/${place}`
        const set = (field: string, value: unknown) => part.change({ do: 'set', path: `${at}/${field}`, value })
        const title = textIn(rule.name, i18n.language) || rule.code
        return (
          <Row key={rule.code} path="/cancellation" place={place} count={rules.length} title={title} part={part}>
            <div className="rule-fields">
              <Field label={t('rules:code')} at={`${at}/code`}>
                <Typed
                  value={rule.code}
                  label={t('rules:code')}
                  locked={part.locked}
                  mono
                  onChange={code => set('code', code)}
                />
              </Field>
              <Field label={t('rules:cancellation.stage')} at={`${at}/stage`}>
                <One
                  value={rule.stage}
                  options={stages}
                  label={t('rules:cancellation.stage')}
                  locked={part.locked}
                  none={t('rules:cancellation.any')}
                  onChange={stage => set('stage', stage)}
                />
              </Field>
              {(['percent', 'amount'] as const).map(field => (
                <Field key={field} label={t(`rules:cancellation.${field}`)} at={`${at}/${field}`}>
                  <Typed
                    value={rule[field] === undefined ? '' : String(rule[field])}
                    label={t(`rules:cancellation.${field}`)}
                    locked={part.locked}
                    mono
                    onChange={typed => set(field, typed.trim() || null)}
                  />
                </Field>
              ))}
              <Field label={t('rules:matrix.when')} at={`${at}/when`} wide>
                <ConditionField
                  value={rule.when}
                  sentence={part.sentences[`${at}/when`]}
                  label={t('rules:matrix.when')}
                  locked={part.locked}
                  optional
                  onChange={when => set('when', when)}
                />
              </Field>
              <Field label={t('rules:name')} at={`${at}/name`} wide>
                <Texts
                  value={rule.name}
                  label={t('rules:name')}
                  locked={part.locked}
                  onChange={text => set('name', text)}
                />
              </Field>
            </div>
          </Row>
        )
      })}
      <Add
        label={t('rules:cancellation.add')}
        locked={part.locked}
        onClick={() => {
          const code = freeCode(
            'cancellation',
            rules.map(rule => rule.code),
          )
          part.change({ do: 'add', path: '/cancellation', value: { code, name: NEW_TEXT, percent: '10' } })
        }}
      />
    </div>
  )
}

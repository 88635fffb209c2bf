/** What must be known of an inquiry before it is an order. */
import { useTranslation } from 'react-i18next'
import { ConditionField, freeCode, One, Texts, Typed, YesNo } from './fields'
import { Add, Field, Row } from './row'
import { type PartProps, textIn } from './types'

const KINDS = ['text', 'date', 'quantity', 'drawing'] as const

export default function InquiryPart(part: PartProps) {
  const { t, i18n } = useTranslation()
  const items = part.document.inquiry ?? []
  const kinds = KINDS.map(code => ({ code, name: t(`rules:inquiry.kinds.${code}`) }))
  return (
    <div className="rule-list">
      <p className="soft">{t('rules:inquiry.hint')}</p>
      {items.map((item, place) => {
        const at = `/inquiry/${place}`
        const set = (field: string, value: unknown) => part.change({ do: 'set', path: `${at}/${field}`, value })
        const shown = textIn(item.text, i18n.language)
        return (
          <Row
            key={item.code}
            path="/inquiry"
            place={place}
            count={items.length}
            title={shown || item.code}
            part={part}
          >
            <div className="rule-fields">
              <Field label={t('rules:code')} at={`${at}/code`}>
                <Typed
                  value={item.code}
                  label={t('rules:code')}
                  locked={part.locked}
                  mono
                  onChange={code => set('code', code)}
                />
              </Field>
              <Field label={t('rules:inquiry.kind')} at={`${at}/kind`}>
                <One
                  value={item.kind ?? 'text'}
                  options={kinds}
                  label={t('rules:inquiry.kind')}
                  locked={part.locked}
                  onChange={kind => set('kind', kind)}
                />
              </Field>
              <Field label={t('rules:inquiry.required')} at={`${at}/required`}>
                <YesNo
                  value={item.required}
                  label={t('rules:inquiry.required')}
                  locked={part.locked}
                  onChange={required => set('required', required)}
                />
              </Field>
              <Field label={t('rules:inquiry.when')} at={`${at}/when`} wide>
                <ConditionField
                  value={item.when}
                  sentence={part.sentences[`${at}/when`]}
                  label={t('rules:inquiry.when')}
                  locked={part.locked}
                  optional
                  onChange={when => set('when', when)}
                />
              </Field>
              <Field label={t('rules:name')} at={`${at}/text`} wide>
                <Texts
                  value={item.text}
                  label={t('rules:name')}
                  locked={part.locked}
                  onChange={text => set('text', text)}
                />
              </Field>
            </div>
          </Row>
        )
      })}
      <Add
        label={t('rules:inquiry.add')}
        locked={part.locked}
        onClick={() => {
          const codes = items.map(item => item.code)
          const code = freeCode('item', codes)
          const text = { 'zh-CN': code, 'zh-TW': code, en: code }
          part.change({ do: 'add', path: '/inquiry', value: { code, text, kind: 'text', required: true } })
        }}
      />
    </div>
  )
}

/** Whom the company asks to sign the confirmation of an order, and how the promised date slips until it is back. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { ConditionField, One, Typed } from './fields'
import { Field } from './row'
import type { PartProps } from './types'

const SLIPS = ['calendar', 'working', 'none'] as const

export default function ConfirmationPart(part: PartProps) {
  const { t } = useTranslation()
  const rule = part.document.confirmation
  const slips = SLIPS.map(code => ({ code, name: t(`rules:confirmation.slips.${code}`) }))
  const set = (field: string, value: unknown) =>
    part.change({ do: 'set', path: `/confirmation/${field}`, value: value === '' ? null : value })
  return (
    <div className="rule-list">
      <p className="soft">{t('rules:confirmation.hint')}</p>
      <div className="rule-fields">
        {(['ask', 'owe'] as const).map(field => (
          <Field key={field} label={t(`rules:confirmation.${field}`)} at={`/confirmation/${field}`} wide>
            <ConditionField
              value={rule?.[field]}
              sentence={part.sentences[`/confirmation/${field}`]}
              label={t(`rules:confirmation.${field}`)}
              locked={part.locked}
              optional
              onChange={condition => set(field, condition)}
            />
          </Field>
        ))}
        <Field label={t('rules:confirmation.slip')} at="/confirmation/slip">
          <One
            value={rule?.slip}
            options={slips}
            label={t('rules:confirmation.slip')}
            locked={part.locked}
            none={t('rules:confirmation.slip_usual')}
            onChange={slip => set('slip', slip)}
          />
        </Field>
        <Field label={t('rules:confirmation.valid_days')} at="/confirmation/valid_days">
          <Typed
            value={rule?.valid_days === undefined ? '' : String(rule.valid_days)}
            label={t('rules:confirmation.valid_days')}
            placeholder="30"
            locked={part.locked}
            mono
            onChange={typed => set('valid_days', /^\d+$/.test(typed.trim()) ? Number(typed) : typed.trim())}
          />
        </Field>
      </div>
      {rule && !part.locked && (
        <Button danger onClick={() => part.change({ do: 'set', path: '/confirmation', value: null })}>
          {t('rules:confirmation.nobody')}
        </Button>
      )}
    </div>
  )
}

/** What grades ask of customers; the first entry whose conditions all hold is given. */
import { useTranslation } from 'react-i18next'
import { GRADES } from '@/lib/api/types'
import { One, Typed } from './fields'
import { Add, Field, Row } from './row'
import type { PartProps } from './types'

const LIMITS = ['turnover', 'late_percent', 'days_late', 'years'] as const

export default function GradePart(part: PartProps) {
  const { t } = useTranslation()
  const rules = part.document.grade ?? []
  const grades = GRADES.map(code => ({ code, name: code }))
  const free = GRADES.filter(grade => rules.every(rule => rule.grade !== grade))
  return (
    <div className="rule-list">
      <p className="soft">{t('rules:grade.hint')}</p>
      {rules.map((rule, place) => {
        const at = `/grade/${place}`
        const set = (field: string, value: unknown) => part.change({ do: 'set', path: `${at}/${field}`, value })
        return (
          <Row
            key={rule.grade}
            path="/grade"
            place={place}
            count={rules.length}
            title={t('rules:grade.one', { grade: rule.grade })}
            part={part}
          >
            <div className="rule-fields">
              <Field label={t('rules:grade.grade')} at={`${at}/grade`}>
                <One
                  value={rule.grade}
                  options={grades}
                  label={t('rules:grade.grade')}
                  locked={part.locked}
                  onChange={grade => set('grade', grade)}
                />
              </Field>
              {LIMITS.map(field => (
                <Field key={field} label={t(`rules:grade.${field}`)} at={`${at}/${field}`}>
                  <Typed
                    value={rule[field] === undefined ? '' : String(rule[field])}
                    label={t(`rules:grade.${field}`)}
                    locked={part.locked}
                    mono
                    onChange={typed => set(field, typed.trim() || null)}
                  />
                </Field>
              ))}
            </div>
          </Row>
        )
      })}
      {free[0] && (
        <Add
          label={t('rules:grade.add')}
          locked={part.locked}
          onClick={() => part.change({ do: 'add', path: '/grade', value: { grade: free[0] } })}
        />
      )}
    </div>
  )
}

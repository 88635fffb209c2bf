import { useTranslation } from 'react-i18next'
import type { Gate } from '@/lib/api/types'
import './components.css'

/** What must hold first: each gate with its missing facts, their figures, and who may override. */
export function GateList({ gates }: { gates: Gate[] }) {
  const { t } = useTranslation()
  return (
    <ul className="gate">
      {gates.map(gate => (
        <li key={gate.code}>
          <span>{gate.message}</span>
          {gate.missing.length > 0 && (
            <div className="gate-facts">
              {gate.missing.map(fact => [
                <span key={fact.fact}>{fact.label}</span>,
                <span key={`${fact.fact}-now`} className="num">
                  {fact.current ?? '–'}
                </span>,
                <span key={`${fact.fact}-need`}>
                  {fact.required === null ? '' : t('common:gate.required', { value: fact.required })}
                </span>,
              ])}
            </div>
          )}
          {gate.override_by.length > 0 && (
            <div>
              {t('common:gate.override_by', { who: gate.override_by.map(role => t(`common:role.${role}`)).join('、') })}
            </div>
          )}
        </li>
      ))}
    </ul>
  )
}

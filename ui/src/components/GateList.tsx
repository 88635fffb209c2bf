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
          {gate.missing.map(fact => (
            <span key={fact.fact} className={gate.missing.length > 1 ? 'gate-fact line' : 'gate-fact'}>
              {fact.label} <b className="mono">{fact.current ?? '–'}</b>
              {fact.required && <span className="soft"> {t('common:gate.required', { value: fact.required })}</span>}
            </span>
          ))}
          {gate.override_by.length > 0 && (
            <span className="soft">
              {t('common:gate.override_by', { who: gate.override_by.map(role => t(`common:role.${role}`)).join('、') })}
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}

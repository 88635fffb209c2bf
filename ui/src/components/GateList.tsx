import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Gate } from '@/lib/api/types'
import { useSession } from '@/lib/session'
import './components.css'

/** What must hold first: each gate with its missing facts, their figures, and who may override; who may gets the button. */
export function GateList({ gates, onOverride }: { gates: Gate[]; onOverride?: (gate: Gate) => void }) {
  const { t } = useTranslation()
  const { session, can } = useSession()
  const mine = (gate: Gate) =>
    gate.of_rules &&
    can('order.override') &&
    gate.override_by.some(role => session.user.roles.some(mine => mine.code === role))
  return (
    <ul className="gate">
      {gates.map(gate => (
        <li key={gate.code}>
          <span>{gate.message}</span>
          {gate.missing.map(fact => (
            <span
              key={`${fact.fact}-${fact.label}`}
              className={gate.missing.length > 1 ? 'gate-fact line' : 'gate-fact'}
            >
              {fact.label} <b className="mono">{fact.current ?? '–'}</b>
              {fact.required && <span className="soft"> {t('common:gate.required', { value: fact.required })}</span>}
            </span>
          ))}
          {gate.override_by.length > 0 && (
            <span className="soft">
              {t('common:gate.override_by', {
                who: gate.override_by.map(role => t(`common:role.${role}`, { defaultValue: role })).join('、'),
              })}
            </span>
          )}
          {onOverride && mine(gate) && (
            <Button size="small" onClick={() => onOverride(gate)}>
              {t('common:override.button')}
            </Button>
          )}
        </li>
      ))}
    </ul>
  )
}

/** The server's `actions` as buttons. A refused one stays: dashed, and saying why on hover, focus or tap. */
import { DownOutlined } from '@ant-design/icons'
import { Button, Popover } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Action } from '@/lib/api/types'
import { useNarrow } from '@/lib/viewport'
import { GateList } from './GateList'
import { Menu } from './Menu'
import './components.css'

export interface Verb {
  verb: string
  label: string
  icon?: ReactNode
  danger?: boolean
  /** Possible, but never the main thing to do: copy, hold. */
  quiet?: boolean
  run: () => void
}

interface Props {
  actions: Action[]
  /** What the page can do, in the order in which it should stand; verbs it does not name are not drawn. */
  verbs: Verb[]
  /** How many buttons stand beside each other before the rest goes into the menu. */
  room?: number
  busy?: string | null
}

function Reason({ action }: { action: Action }) {
  const { t } = useTranslation()
  return (
    <div style={{ maxWidth: 340 }}>
      {action.gates.length > 0 ? <GateList gates={action.gates} /> : (action.message ?? t('common:refused'))}
    </div>
  )
}

interface Placed {
  action: Action
  verb: Verb
}

/**
 * What stands beside each other and what goes into the menu: first what may be done, dangerous steps last; then steps
 * that only wait for missing facts. What another state or role refuses stands in the menu with its reason.
 */
export function arrange(actions: Action[], verbs: Verb[], room: number): { shown: Placed[]; more: Placed[] } {
  const known = verbs.flatMap(verb => {
    const action = actions.find(item => item.verb === verb.verb)
    return action ? [{ action, verb }] : []
  })
  const weight = ({ action, verb }: Placed) =>
    action.allowed ? (verb.danger ? 2 : verb.quiet ? 1 : 0) : action.gates.length > 0 ? 3 : 4
  const sorted = known.sort((a, b) => weight(a) - weight(b))
  const shown = sorted.filter(item => weight(item) < 4).slice(0, room)
  return { shown, more: sorted.filter(item => !shown.includes(item)) }
}

export function ActionBar({ actions, verbs, room = 4, busy }: Props) {
  const { t } = useTranslation()
  const narrow = useNarrow()
  const { shown, more } = arrange(actions, verbs, narrow ? 2 : room)
  return (
    <div className="action-bar no-print">
      {shown.map(({ action, verb }, index) =>
        action.allowed ? (
          <Button
            key={verb.verb}
            type={index === 0 && !verb.danger && !verb.quiet ? 'primary' : 'default'}
            danger={verb.danger}
            icon={<span aria-hidden="true">{verb.icon}</span>}
            loading={busy === verb.verb}
            onClick={verb.run}
          >
            {verb.label}
          </Button>
        ) : (
          <Popover key={verb.verb} content={<Reason action={action} />} trigger={['hover', 'focus', 'click']}>
            <Button className="refused" icon={<span aria-hidden="true">{verb.icon}</span>} aria-disabled="true">
              {verb.label}
            </Button>
          </Popover>
        ),
      )}
      {more.length > 0 && (
        <Menu
          label={t('common:more')}
          items={more.map(({ action, verb }) => ({
            key: verb.verb,
            icon: verb.icon,
            danger: verb.danger,
            disabled: !action.allowed,
            onClick: verb.run,
            label: (
              <>
                {verb.label}
                {!action.allowed && (
                  <span className="menu-reason">
                    {action.gates.map(gate => gate.message).join('；') || action.message || t('common:refused')}
                  </span>
                )}
              </>
            ),
          }))}
        >
          <Button icon={<DownOutlined aria-hidden="true" />} iconPlacement="end">
            {t('common:more')}
          </Button>
        </Menu>
      )}
    </div>
  )
}

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

/** The allowed first, in the page's order; the first allowed one is the main button. */
export function arrange(actions: Action[], verbs: Verb[]): { action: Action; verb: Verb }[] {
  const known = verbs.flatMap(verb => {
    const action = actions.find(item => item.verb === verb.verb)
    return action ? [{ action, verb }] : []
  })
  const weight = (item: { action: Action; verb: Verb }) => (item.action.allowed ? (item.verb.danger ? 1 : 0) : 2)
  return known.sort((a, b) => weight(a) - weight(b))
}

export function ActionBar({ actions, verbs, room = 4, busy }: Props) {
  const { t } = useTranslation()
  const narrow = useNarrow()
  const all = arrange(actions, verbs)
  const shown = all.slice(0, narrow ? 2 : room)
  const more = all.slice(shown.length)
  return (
    <div className="action-bar no-print">
      {shown.map(({ action, verb }, index) =>
        action.allowed ? (
          <Button
            key={verb.verb}
            type={index === 0 && !verb.danger ? 'primary' : 'default'}
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

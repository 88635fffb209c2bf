/** A menu under a button. Light on purpose: it stands in the frame of every page, where Ant Design's own costs as much as a page. */
import { Popover } from 'antd'
import { cloneElement, type KeyboardEvent, type ReactElement, type ReactNode, useRef, useState } from 'react'
import './components.css'

export interface MenuItem {
  key: string
  label: ReactNode
  icon?: ReactNode
  danger?: boolean
  /** Shown but not to be chosen; still reached by the keyboard, so that its reason can be read. */
  disabled?: boolean
  selected?: boolean
  onClick: () => void
}

interface TriggerProps {
  'aria-haspopup'?: 'menu'
  'aria-expanded'?: boolean
}

interface Props {
  label: string
  items: MenuItem[]
  /** The button. */
  children: ReactElement<TriggerProps>
}

export function Menu({ label, items, children }: Props) {
  const [open, setOpen] = useState(false)
  const opener = useRef<Element | null>(null)
  const change = (next: boolean) => {
    if (next) opener.current = document.activeElement
    else if (opener.current instanceof HTMLElement) opener.current.focus({ preventScroll: true })
    setOpen(next)
  }
  return (
    <Popover
      open={open}
      onOpenChange={change}
      trigger="click"
      placement="bottomRight"
      arrow={false}
      destroyOnHidden
      content={<List label={label} items={items} onClose={() => change(false)} />}
      classNames={{ root: 'menu-popover' }}
    >
      {cloneElement(children, { 'aria-haspopup': 'menu', 'aria-expanded': open })}
    </Popover>
  )
}

function List({ label, items, onClose }: { label: string; items: MenuItem[]; onClose: () => void }) {
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const all = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="menuitem"]')]
    const at = all.indexOf(document.activeElement as HTMLElement)
    if (event.key === 'ArrowDown') all[(at + 1) % all.length]?.focus()
    else if (event.key === 'ArrowUp') all[(at - 1 + all.length) % all.length]?.focus()
    else if (event.key === 'Home') all[0]?.focus()
    else if (event.key === 'End') all.at(-1)?.focus()
    else if (event.key === 'Escape' || event.key === 'Tab') onClose()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div
      role="menu"
      tabIndex={-1}
      aria-label={label}
      className="menu"
      onKeyDown={onKeyDown}
      ref={list => list?.querySelector<HTMLElement>('[role="menuitem"]')?.focus({ preventScroll: true })}
    >
      {items.map((item, index) => (
        <button
          key={item.key}
          type="button"
          role="menuitem"
          className={`menu-item${item.danger ? ' danger' : ''}${item.disabled && index > 0 && !items[index - 1]?.disabled ? ' parted' : ''}`}
          aria-disabled={item.disabled || undefined}
          aria-current={item.selected || undefined}
          onClick={() => {
            if (item.disabled) return
            onClose()
            item.onClick()
          }}
        >
          {item.icon && <span aria-hidden="true">{item.icon}</span>}
          <span>{item.label}</span>
        </button>
      ))}
    </div>
  )
}

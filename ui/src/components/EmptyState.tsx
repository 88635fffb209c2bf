import { InboxOutlined } from '@ant-design/icons'
import type { ReactNode } from 'react'
import './components.css'

/** Nothing here yet, and the first step to change that. */
export function EmptyState(props: { icon?: ReactNode; title: string; text?: string; children?: ReactNode }) {
  return (
    <div className="empty">
      <span className="empty-icon" aria-hidden="true">
        {props.icon ?? <InboxOutlined />}
      </span>
      <h2>{props.title}</h2>
      {props.text && <p>{props.text}</p>}
      {props.children}
    </div>
  )
}

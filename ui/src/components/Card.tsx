import { type ReactNode, useId } from 'react'

/** A titled box; `extra` stands at the right of its head. */
export function Card(props: {
  title?: string
  extra?: ReactNode
  flush?: boolean
  className?: string
  children: ReactNode
}) {
  const id = useId()
  return (
    <section className={`card ${props.className ?? ''}`} aria-labelledby={props.title ? id : undefined}>
      {props.title && (
        <header className="card-head">
          <h2 id={id}>{props.title}</h2>
          <span className="grow" />
          {props.extra}
        </header>
      )}
      {props.flush ? props.children : <div className="card-body">{props.children}</div>}
    </section>
  )
}

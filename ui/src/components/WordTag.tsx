import type { ReactNode } from 'react'
import './components.css'

/** A word that qualifies a record but is no state: its grade, its kind. */
export function WordTag({ children }: { children: ReactNode }) {
  return <span className="state tone-idle">{children}</span>
}

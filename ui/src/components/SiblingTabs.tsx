import { useTranslation } from 'react-i18next'
import { NavLink } from 'react-router'
import { useSession } from '@/lib/session'
import './list/list.css'

export interface Sibling {
  path: string
  /** Catalogue key. */
  label: string
  /** Permission without which it is not shown. */
  need?: string
}

/** Pages that belong together, as tabs above each of them. */
export function SiblingTabs({ label, pages }: { label: string; pages: readonly Sibling[] }) {
  const { t } = useTranslation()
  const { can } = useSession()
  const shown = pages.filter(page => !page.need || can(page.need))
  if (shown.length < 2) return null
  return (
    <nav className="view-tabs" aria-label={label}>
      {shown.map(page => (
        <NavLink key={page.path} to={page.path} end className="view-tab">
          {t(page.label)}
        </NavLink>
      ))}
    </nav>
  )
}

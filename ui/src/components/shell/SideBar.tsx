import { MenuFoldOutlined, MenuUnfoldOutlined } from '@ant-design/icons'
import { Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import { NavLink, useLocation } from 'react-router'
import type { NavEntry } from '@/nav'
import { preload } from '@/pages'
import { useNavigation } from './navigation'

export function SideBar({ collapsed, onToggle }: { collapsed: boolean; onToggle: () => void }) {
  const { t } = useTranslation()
  const groups = useNavigation()
  const { pathname } = useLocation()
  const inside = (path: string) => pathname === path || pathname.startsWith(`${path}/`)
  /** The entry is lit on the pages that stand under it too. */
  const lit = (path: string, entries: NavEntry[]) =>
    entries.some(entry => (entry.path === path || entry.under === path) && inside(entry.path))
  return (
    <nav className="side-bar" aria-label={t('nav:label')}>
      <div className="brand">
        <img src="/favicon.svg" alt="" width={24} height={24} />
        {!collapsed && <span>{t('common:product')}</span>}
      </div>
      <div className="side-groups">
        {groups
          .filter(group => group.entries.some(entry => !entry.under))
          .map(group => (
            <div key={group.label} className="side-group">
              {!collapsed && <div className="side-label">{t(group.label)}</div>}
              {group.entries
                .filter(entry => !entry.under)
                .map(entry => (
                  <Tooltip key={entry.path} title={collapsed ? t(entry.label) : ''} placement="right">
                    <NavLink
                      to={entry.path}
                      className={() => `side-link${lit(entry.path, group.entries) ? ' active' : ''}`}
                      aria-label={t(entry.label)}
                      onMouseEnter={() => preload(entry.path)}
                      onFocus={() => preload(entry.path)}
                    >
                      <span className="side-icon" aria-hidden="true">
                        {entry.icon}
                      </span>
                      {!collapsed && <span className="side-text">{t(entry.label)}</span>}
                    </NavLink>
                  </Tooltip>
                ))}
            </div>
          ))}
      </div>
      <button
        type="button"
        className="side-toggle"
        onClick={onToggle}
        aria-expanded={!collapsed}
        aria-label={t(collapsed ? 'nav:expand' : 'nav:collapse')}
      >
        {collapsed ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />}
        {!collapsed && <span>{t('nav:collapse')}</span>}
      </button>
    </nav>
  )
}

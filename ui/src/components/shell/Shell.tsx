/** The frame around every page: navigation at the left (at the foot on a phone), the bar at the top, palette and key help. */
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Outlet, useNavigate } from 'react-router'
import { useEventStream } from '@/lib/api/events'
import { useShortcuts } from '@/lib/keyboard'
import { useCan } from '@/lib/session'
import { useNarrow } from '@/lib/viewport'
import { BottomBar } from './BottomBar'
import { SideBar } from './SideBar'
import { TopBar } from './TopBar'
import './shell.css'

const Palette = lazy(() => import('../palette/Palette'))
const ShortcutHelp = lazy(() => import('../ShortcutHelp'))

const COLLAPSED = 'shundan.nav.collapsed'

export function Shell() {
  const { t } = useTranslation()
  const narrow = useNarrow()
  const navigate = useNavigate()
  const mayEnter = useCan('order.create')
  const [collapsed, setCollapsed] = useState(() => localStorage.getItem(COLLAPSED) === '1')
  const [palette, setPalette] = useState(false)
  const [help, setHelp] = useState(false)
  useEventStream()

  useShortcuts([
    { keys: 'mod+k', label: 'keys:palette', run: () => setPalette(true), inFields: true },
    { keys: '?', label: 'keys:help', run: () => setHelp(true) },
    { keys: 'g w', label: 'keys:go_work', run: () => void navigate('/my-work') },
    { keys: 'g o', label: 'keys:go_orders', run: () => void navigate('/orders') },
    { keys: 'g d', label: 'keys:go_dashboard', run: () => void navigate('/dashboard') },
    ...(mayEnter ? [{ keys: 'c', label: 'keys:new_order', run: () => void navigate('/orders/new') }] : []),
  ])
  const toggle = () => {
    localStorage.setItem(COLLAPSED, collapsed ? '0' : '1')
    setCollapsed(!collapsed)
  }
  return (
    <div className={`shell${collapsed ? ' collapsed' : ''}`}>
      <a className="skip-link" href="#content">
        {t('common:skip_to_content')}
      </a>
      {!narrow && <SideBar collapsed={collapsed} onToggle={toggle} />}
      <div className="shell-main">
        <TopBar onSearch={() => setPalette(true)} onHelp={() => setHelp(true)} />
        <main id="content" className="shell-content" tabIndex={-1}>
          <Outlet />
        </main>
        {narrow && <BottomBar onSearch={() => setPalette(true)} />}
      </div>
      <Suspense fallback={null}>
        {palette && <Palette onClose={() => setPalette(false)} />}
        {help && <ShortcutHelp onClose={() => setHelp(false)} />}
      </Suspense>
    </div>
  )
}

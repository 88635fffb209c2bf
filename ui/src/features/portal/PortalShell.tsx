import {
  AppstoreOutlined,
  FileTextOutlined,
  LogoutOutlined,
  MessageOutlined,
  ShoppingCartOutlined,
  UnorderedListOutlined,
} from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { NavLink, Outlet } from 'react-router'
import { remove } from '@/lib/api/client'
import { rememberSignedIn, SESSION, useCart, useUnreadMessages } from './queries'
import type { PortalSession } from './types'

const NAV = [
  { to: '/portal', key: 'order', icon: <AppstoreOutlined /> },
  { to: '/portal/cart', key: 'cart', icon: <ShoppingCartOutlined /> },
  { to: '/portal/orders', key: 'orders', icon: <UnorderedListOutlined /> },
  { to: '/portal/messages', key: 'messages', icon: <MessageOutlined /> },
  { to: '/portal/account', key: 'account', icon: <FileTextOutlined /> },
]

/** The frame of the portal: whose it is, and the few ways through it; at the foot on a phone. */
export function PortalShell({ session }: { session: PortalSession }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const cart = useCart()
  const count = cart.data?.lines.length ?? 0
  const unread = useUnreadMessages()
  const leave = async () => {
    await remove('/portal/session').catch(() => undefined)
    rememberSignedIn(false)
    client.clear()
    client.setQueryData(SESSION, null)
  }
  return (
    <div className="portal">
      <a className="skip-link" href="#content">
        {t('common:skip_to_content')}
      </a>
      <header className="portal-head">
        <span className="portal-logo" aria-hidden="true">
          {session.company.name.slice(0, 1)}
        </span>
        <div className="grow cut">
          <strong className="cut portal-company">{session.company.name}</strong>
          <span className="soft cut portal-customer">
            {session.customer.name} · {session.name}
          </span>
        </div>
        <Button
          type="text"
          icon={<LogoutOutlined />}
          aria-label={t('portal:sign_out')}
          title={t('portal:sign_out')}
          onClick={() => void leave()}
        />
      </header>
      <nav className="portal-nav" aria-label={t('portal:nav.label')}>
        {NAV.map(item => (
          <NavLink key={item.to} to={item.to} end={item.to === '/portal'}>
            <span aria-hidden="true" className="portal-nav-icon">
              {item.icon}
              {item.key === 'cart' && count > 0 && <span className="portal-count">{count}</span>}
              {item.key === 'messages' && unread && <span className="portal-count portal-dot" />}
            </span>
            {t(`portal:nav.${item.key}`)}
            {item.key === 'messages' && unread && <span className="sr-only">{t('message:unread')}</span>}
            {item.key === 'cart' && count > 0 && <span className="sr-only">{t('portal:cart.count', { count })}</span>}
          </NavLink>
        ))}
      </nav>
      <main id="content" className="portal-content" tabIndex={-1}>
        <Outlet />
      </main>
    </div>
  )
}

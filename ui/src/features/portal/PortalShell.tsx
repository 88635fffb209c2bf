import {
  AppstoreOutlined,
  FileTextOutlined,
  LogoutOutlined,
  MessageOutlined,
  ShoppingCartOutlined,
  SolutionOutlined,
  UnorderedListOutlined,
} from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { lazy, Suspense, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { NavLink, Outlet } from 'react-router'
import { remove } from '@/lib/api/client'
import { ApiProblem } from '@/lib/api/problem'
import { rememberSignedIn, SESSION, useCart, useUnreadMessages } from './queries'
import type { PortalSession } from './types'

const ActingSwitch = lazy(() => import('./Acting'))
const ActingEnded = lazy(() => import('./Acting').then(module => ({ default: module.ActingEnded })))

/** Asks who is signed in again once the server says that what was acted for has ended. */
function useActingEnd(): void {
  const client = useQueryClient()
  useEffect(
    () =>
      client.getQueryCache().subscribe(event => {
        const error: unknown = event.type === 'updated' && event.action.type === 'error' ? event.action.error : null
        if (error instanceof ApiProblem && error.type === 'portal.acting_ended') {
          void client.invalidateQueries({ queryKey: SESSION })
        }
      }),
    [client],
  )
}

const NAV = [
  { to: '/portal', key: 'order', icon: <AppstoreOutlined /> },
  { to: '/portal/cart', key: 'cart', icon: <ShoppingCartOutlined /> },
  { to: '/portal/orders', key: 'orders', icon: <UnorderedListOutlined /> },
  { to: '/portal/quotations', key: 'quotations', icon: <SolutionOutlined /> },
  { to: '/portal/messages', key: 'messages', icon: <MessageOutlined /> },
  { to: '/portal/account', key: 'account', icon: <FileTextOutlined /> },
]

/** The frame of the portal: whose it is, and the few ways through it; at the foot on a phone. */
export function PortalShell({ session }: { session: PortalSession }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  // Nothing is asked for a customer that is no longer acted for.
  const cart = useCart(!session.acting_ended)
  const count = cart.data?.lines.length ?? 0
  const unread = useUnreadMessages(!session.acting_ended)
  useActingEnd()
  const acts = session.acts_for.length > 0 && !session.acting_ended
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
            {acts && session.customer.id !== session.own.id && `${t('portal:acting.for')} `}
            {session.customer.name} · {session.name}
          </span>
        </div>
        <Suspense fallback={null}>{acts && <ActingSwitch session={session} />}</Suspense>
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
        <Suspense fallback={null}>{session.acting_ended ? <ActingEnded session={session} /> : <Outlet />}</Suspense>
      </main>
    </div>
  )
}

/** Who is signed in at the portal decides what is shown: the way in, the first password, or the pages. */
import { useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { BrowserRouter, Link, Navigate, Route, Routes } from 'react-router'
import { EmptyState } from '@/components/EmptyState'
import { ErrorBoundary } from '@/components/ErrorBoundary'
import { ErrorState } from '@/components/ErrorState'
import { PageSkeleton } from '@/components/PageSkeleton'
import { onSessionEnded } from '@/lib/api/client'
import { chooseLanguage, currentLanguage } from '@/lib/i18n'
import { PortalShell } from './PortalShell'
import { applySession, rememberSignedIn, SESSION, useSession } from './queries'
import type { PortalSession } from './types'
import './portal.css'

const SignIn = lazy(() => import('./PortalSignIn'))
const FirstPassword = lazy(() => import('./FirstPassword'))
const Catalogue = lazy(() => import('./CataloguePage'))
const Cart = lazy(() => import('./CartPage'))
const Orders = lazy(() => import('./OrdersPage'))
const Order = lazy(() => import('./OrderPage'))
const Quotations = lazy(() => import('./QuotationsPage'))
const Quotation = lazy(() => import('./QuotationPage'))
const Messages = lazy(() => import('./MessagesPage'))
const Account = lazy(() => import('./AccountPage'))

export function PortalRoot() {
  const client = useQueryClient()
  const session = useSession()
  useEffect(() => {
    // A session that ended leads to the way in; the cart and the address stay.
    onSessionEnded(async () => {
      rememberSignedIn(false)
      client.setQueryData(SESSION, null)
    })
    return () => onSessionEnded(null)
  }, [client])
  const enter = (entered: PortalSession) => {
    applySession(entered)
    rememberSignedIn(true)
    if (entered.language !== currentLanguage() && !localStorage.getItem('shundan.language')) {
      void chooseLanguage(entered.language)
    }
    client.removeQueries({ queryKey: ['portal', 'cart'] })
    client.setQueryData(SESSION, entered)
  }
  if (session.isError) return <ErrorState error={session.error} onRetry={() => void session.refetch()} />
  if (session.isPending) return null
  const who = session.data
  return (
    <Suspense fallback={null}>
      {!who && <SignIn onSignedIn={enter} />}
      {who?.must_change_password && (
        <FirstPassword session={who} onDone={() => enter({ ...who, must_change_password: false })} />
      )}
      {who && !who.must_change_password && <Pages session={who} />}
    </Suspense>
  )
}

function Pages({ session }: { session: PortalSession }) {
  const page = (children: React.ReactNode) => (
    <ErrorBoundary>
      <Suspense fallback={<PageSkeleton />}>{children}</Suspense>
    </ErrorBoundary>
  )
  return (
    <BrowserRouter>
      <Routes>
        <Route path="/portal" element={<PortalShell session={session} />}>
          <Route index element={page(<Catalogue />)} />
          <Route path="cart" element={page(<Cart />)} />
          <Route path="orders" element={page(<Orders />)} />
          <Route path="orders/:id" element={page(<Order />)} />
          <Route path="quotations" element={page(<Quotations />)} />
          <Route path="quotations/:id" element={page(<Quotation />)} />
          <Route path="messages" element={page(<Messages />)} />
          <Route path="account" element={page(<Account />)} />
          <Route path="sign-in" element={<Navigate to="/portal" replace />} />
          <Route path="*" element={<Missing />} />
        </Route>
      </Routes>
    </BrowserRouter>
  )
}

function Missing() {
  const { t } = useTranslation()
  return (
    <EmptyState title={t('common:not_found.title')} text={t('common:not_found.text')}>
      <Link to="/portal">{t('portal:cart.browse')}</Link>
    </EmptyState>
  )
}

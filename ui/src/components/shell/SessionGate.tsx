/** Lets nobody past who is not signed in; a session that ends is renewed in place, over the page as it stands. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Modal } from 'antd'
import { lazy, type ReactNode, Suspense, useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get, onSessionEnded, remove, setCsrfToken } from '@/lib/api/client'
import { ApiProblem } from '@/lib/api/problem'
import type { Session } from '@/lib/api/types'
import { SessionProvider } from '@/lib/session'
import { ErrorState } from '../ErrorState'
import { PageSkeleton } from '../PageSkeleton'

const SignInPage = lazy(() => import('@/features/sign-in/SignInPage'))
const SignInForm = lazy(() => import('@/features/sign-in/SignInForm'))

async function readSession(): Promise<Session | null> {
  try {
    const session = await get<Session>('/session', undefined, { anonymous: true })
    setCsrfToken(session.csrf_token)
    return session
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 401) return null
    throw error
  }
}

export function SessionGate({ children }: { children: ReactNode }) {
  const client = useQueryClient()
  const query = useQuery({ queryKey: ['session'], queryFn: readSession, staleTime: Number.POSITIVE_INFINITY })
  const session = query.data ?? null

  const replace = useCallback(
    (next: Session) => {
      setCsrfToken(next.csrf_token)
      client.setQueryData(['session'], next)
    },
    [client],
  )
  const signOut = useCallback(() => {
    void remove('/session', { anonymous: true })
      .catch(() => undefined)
      .finally(() => {
        onSessionEnded(null)
        client.clear()
        window.location.assign('/')
      })
  }, [client])

  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  if (query.isPending) return null
  if (!session) {
    return (
      <Suspense fallback={<PageSkeleton />}>
        <SignInPage onSignedIn={replace} />
      </Suspense>
    )
  }
  return (
    <SessionProvider session={session} signOut={signOut} replace={replace}>
      <SignInAgain session={session} replace={replace} />
      {children}
    </SessionProvider>
  )
}

function SignInAgain({ session, replace }: { session: Session; replace: (session: Session) => void }) {
  const { t } = useTranslation()
  const [asked, setAsked] = useState(false)
  const waiting = useRef<{ done: () => void } | null>(null)

  useEffect(() => {
    onSessionEnded(
      () =>
        new Promise<void>(done => {
          waiting.current = { done }
          setAsked(true)
        }),
    )
    return () => onSessionEnded(null)
  }, [])

  const signedIn = (next: Session) => {
    replace(next)
    setAsked(false)
    waiting.current?.done()
    waiting.current = null
    if (next.user.id !== session.user.id || next.company.id !== session.company.id) window.location.assign('/')
  }
  return (
    <Modal open={asked} title={t('sign-in:again.title')} footer={null} closable={false} width={380} destroyOnHidden>
      <p className="soft">{t('sign-in:again.text')}</p>
      <Suspense fallback={null}>
        <SignInForm
          company={session.company.code}
          username={session.user.username}
          onSignedIn={signedIn}
          autoFocus="password"
        />
      </Suspense>
    </Modal>
  )
}

/** Lets nobody past who is not signed in; a session that ends is renewed in place, over the page as it stands. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense, useCallback, useEffect, useRef, useState } from 'react'
import { onSessionEnded, remove } from '@/lib/api/client'
import type { Session } from '@/lib/api/types'
import { SessionProvider } from '@/lib/session'
import { applySession, rememberSignedIn, sessionQuery } from '@/lib/session-query'
import { ErrorState } from '../ErrorState'
import { PageSkeleton } from '../PageSkeleton'

const SignInPage = lazy(() => import('@/features/sign-in/SignInPage'))
const SignInAgainDialog = lazy(() => import('@/features/sign-in/SignInAgainDialog'))

export function SessionGate({ children }: { children: ReactNode }) {
  const client = useQueryClient()
  const query = useQuery(sessionQuery)
  const session = query.data ?? null

  const replace = useCallback(
    (next: Session) => {
      applySession(next)
      rememberSignedIn(true)
      client.setQueryData(['session'], next)
    },
    [client],
  )
  const signOut = useCallback(() => {
    void remove('/session', { anonymous: true })
      .catch(() => undefined)
      .finally(() => {
        onSessionEnded(null)
        rememberSignedIn(false)
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
  if (!asked) return null
  return (
    <Suspense fallback={null}>
      <SignInAgainDialog company={session.company.code} username={session.user.username} onSignedIn={signedIn} />
    </Suspense>
  )
}

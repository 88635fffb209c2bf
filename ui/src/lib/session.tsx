/** Who is signed in, where, and what they may do. */
import { createContext, type ReactNode, useContext, useMemo } from 'react'
import type { Session } from './api/types'

interface SessionContextValue {
  session: Session
  can: (permission: string) => boolean
  signOut: () => void
  replace: (session: Session) => void
}

const SessionContext = createContext<SessionContextValue | null>(null)

export function SessionProvider(props: {
  session: Session
  signOut: () => void
  replace: (session: Session) => void
  children: ReactNode
}) {
  const { session, signOut, replace } = props
  const value = useMemo(() => {
    const permissions = new Set(session.permissions)
    return { session, signOut, replace, can: (permission: string) => permissions.has(permission) }
  }, [session, signOut, replace])
  return <SessionContext value={value}>{props.children}</SessionContext>
}

export function useSession(): SessionContextValue {
  const value = useContext(SessionContext)
  if (!value) throw new Error('useSession needs a SessionProvider')
  return value
}

/** Whether the person has a permission such as `order.create`; the server checks it again. */
export function useCan(permission: string): boolean {
  return useSession().can(permission)
}

/** Who is signed in, as the server says. */
import { get, setCsrfToken } from './api/client'
import { ApiProblem } from './api/problem'
import type { Session } from './api/types'
import { setTimeZone } from './format'

/** Set while somebody is signed in on this machine, so that nobody is asked about who never was. */
const SIGNED_IN = 'shundan.signed_in'

export function rememberSignedIn(signedIn: boolean): void {
  if (signedIn) localStorage.setItem(SIGNED_IN, '1')
  else localStorage.removeItem(SIGNED_IN)
}

async function readSession(): Promise<Session | null> {
  if (!localStorage.getItem(SIGNED_IN)) return null
  try {
    const session = await get<Session>('/session', undefined, { anonymous: true })
    applySession(session)
    return session
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 401) {
      rememberSignedIn(false)
      return null
    }
    throw error
  }
}

/** What the rest of the interface takes from a session without asking for it. */
export function applySession(session: Session): void {
  setCsrfToken(session.csrf_token)
  setTimeZone(session.company.time_zone)
}

export const sessionQuery = { queryKey: ['session'], queryFn: readSession, staleTime: Number.POSITIVE_INFINITY }

/** Short messages at the top of the page: done, refused, offline. What shows them is loaded with the first one. */
import { createContext, lazy, type ReactNode, Suspense, useContext, useMemo, useRef, useState } from 'react'

export type MessageKind = 'success' | 'error' | 'info' | 'warning'
type Say = (text: ReactNode, seconds?: number) => void
export type Messages = Record<MessageKind, Say>

const Holder = lazy(() => import('@/components/MessageHolder'))
const MessageContext = createContext<Messages | null>(null)

export function MessageProvider({ children }: { children: ReactNode }) {
  const [needed, setNeeded] = useState(false)
  const shown = useRef<Messages | null>(null)
  /** What was said before there was anything to show it. */
  const waiting = useRef<((messages: Messages) => void)[]>([])
  const messages = useMemo<Messages>(() => {
    const say =
      (kind: MessageKind): Say =>
      (text, seconds) => {
        if (shown.current) shown.current[kind](text, seconds)
        else {
          waiting.current.push(ready => ready[kind](text, seconds))
          setNeeded(true)
        }
      }
    return { success: say('success'), error: say('error'), info: say('info'), warning: say('warning') }
  }, [])
  const ready = (holder: Messages) => {
    shown.current = holder
    for (const tell of waiting.current.splice(0)) tell(holder)
  }
  return (
    <MessageContext value={messages}>
      {needed && (
        <Suspense fallback={null}>
          <Holder onReady={ready} />
        </Suspense>
      )}
      {children}
    </MessageContext>
  )
}

export function useMessage(): Messages {
  const value = useContext(MessageContext)
  if (!value) throw new Error('useMessage needs a MessageProvider')
  return value
}

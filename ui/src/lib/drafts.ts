/** What is typed and not yet sent, kept in this browser until it is: nothing typed is ever lost. */
import { useCallback, useEffect, useRef } from 'react'

const PREFIX = 'shundan.draft.'
const KEPT_DAYS = 30

interface Stored<T> {
  at: number
  value: T
}

export function readDraft<T>(key: string): Stored<T> | null {
  try {
    const text = localStorage.getItem(PREFIX + key)
    if (!text) return null
    const stored = JSON.parse(text) as Stored<T>
    if (Date.now() - stored.at > KEPT_DAYS * 86_400_000) {
      localStorage.removeItem(PREFIX + key)
      return null
    }
    return stored
  } catch {
    return null
  }
}
export function writeDraft<T>(key: string, value: T): void {
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify({ at: Date.now(), value }))
  } catch {
    // Storage full or forbidden: typing goes on without the net.
  }
}
export function dropDraft(key: string): void {
  localStorage.removeItem(PREFIX + key)
}

/** Saves a draft a moment after the last change, and at once when the page is left. */
export function useDraftSaver<T>(key: string): { save: (value: T) => void; drop: () => void } {
  const pending = useRef<{ value: T } | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const flush = useCallback(() => {
    clearTimeout(timer.current)
    if (pending.current) writeDraft(key, pending.current.value)
    pending.current = null
  }, [key])
  useEffect(() => {
    window.addEventListener('pagehide', flush)
    return () => {
      window.removeEventListener('pagehide', flush)
      flush()
    }
  }, [flush])
  const save = useCallback(
    (value: T) => {
      pending.current = { value }
      clearTimeout(timer.current)
      timer.current = setTimeout(flush, 500)
    },
    [flush],
  )
  const drop = useCallback(() => {
    clearTimeout(timer.current)
    pending.current = null
    dropDraft(key)
  }, [key])
  return { save, drop }
}

/** State that lives in the address: a link brings back exactly this view. */
import { useCallback } from 'react'
import { useSearchParams } from 'react-router'

export type UrlValues = Record<string, string>

/** The query of the address as plain values, and a way to change some of them; `null` or `''` removes one. */
export function useUrlState(): [UrlValues, (change: Record<string, string | null>, push?: boolean) => void] {
  const [params, setParams] = useSearchParams()
  const values = Object.fromEntries(params.entries())
  const change = useCallback(
    (next: Record<string, string | null>, push = false) => {
      setParams(
        previous => {
          const copy = new URLSearchParams(previous)
          for (const [key, value] of Object.entries(next)) {
            if (value === null || value === '') copy.delete(key)
            else copy.set(key, value)
          }
          return copy
        },
        { replace: !push },
      )
    },
    [setParams],
  )
  return [values, change]
}

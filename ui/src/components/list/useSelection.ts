import { useCallback, useMemo, useRef, useState } from 'react'

/** Which rows are ticked; shift ticks everything between. */
export function useSelection<Row>(rows: Row[], rowKey: (row: Row) => string) {
  const [keys, setKeys] = useState<Set<string>>(new Set())
  const anchor = useRef(-1)
  const toggle = useCallback(
    (index: number, range: boolean) => {
      const row = rows[index]
      if (!row) return
      setKeys(previous => {
        const next = new Set(previous)
        const on = !previous.has(rowKey(row))
        const from = range && anchor.current >= 0 ? Math.min(anchor.current, index) : index
        const to = range && anchor.current >= 0 ? Math.max(anchor.current, index) : index
        for (const each of rows.slice(from, to + 1)) {
          if (on) next.add(rowKey(each))
          else next.delete(rowKey(each))
        }
        return next
      })
      anchor.current = index
    },
    [rows, rowKey],
  )
  const toggleAll = useCallback(() => {
    setKeys(previous => (previous.size === rows.length ? new Set() : new Set(rows.map(rowKey))))
  }, [rows, rowKey])
  const clear = useCallback(() => setKeys(new Set()), [])
  const picked = useMemo(() => rows.filter(row => keys.has(rowKey(row))), [rows, keys, rowKey])
  return { keys, rows: picked, toggle, toggleAll, clear }
}

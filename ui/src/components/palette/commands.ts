/** Actions a page offers to the palette while it is shown. */
import { type ReactNode, useEffect, useSyncExternalStore } from 'react'

export interface Command {
  id: string
  label: string
  icon?: ReactNode
  /** Other words it is found by: pinyin, English. */
  words?: string
  run: () => void
}

let offered: Command[][] = []
let flat: Command[] = []
const watchers = new Set<() => void>()

function changed(next: Command[][]): void {
  offered = next
  flat = next.flat()
  for (const watcher of watchers) watcher()
}

/** Offers `commands` while the component is shown; pass a memoised array. */
export function useCommands(commands: Command[]): void {
  useEffect(() => {
    changed([...offered, commands])
    return () => changed(offered.filter(list => list !== commands))
  }, [commands])
}

export function useOfferedCommands(): Command[] {
  return useSyncExternalStore(
    watcher => {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    () => flat,
  )
}

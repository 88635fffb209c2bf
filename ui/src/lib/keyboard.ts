/** Keyboard shortcuts: pages name theirs, one listener serves them all, and `?` lists what is there now. */
import { useEffect, useRef, useSyncExternalStore } from 'react'

export interface Shortcut {
  /** `j`, `Enter`, `mod+k` (Ctrl or ⌘), or a sequence such as `g o`. */
  keys: string
  /** Catalogue key of what it does. */
  label: string
  run: (event: KeyboardEvent) => void
  /** Also while typing in a field; only sensible with `mod`. */
  inFields?: boolean
}

const shortcuts: { current: Shortcut }[] = []
const watchers = new Set<() => void>()
let snapshot: Shortcut[] = []

function changed(): void {
  snapshot = shortcuts.map(entry => entry.current)
  for (const watcher of watchers) watcher()
}

export function keysOf(event: KeyboardEvent): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  const mod = event.ctrlKey || event.metaKey ? 'mod+' : ''
  const alt = event.altKey ? 'alt+' : ''
  const shift = event.shiftKey && event.key.length > 1 ? 'shift+' : ''
  return `${mod}${alt}${shift}${key}`
}

function inField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.role === 'combobox')
  )
}
/** Enter and Space belong to the button, link or tab that has the focus. */
function onControl(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('button, a, [role="tab"], [role="menuitem"], summary') !== null
}

let first = ''
let firstAt = 0

function listen(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return
  const keys = keysOf(event)
  if ((keys === 'Enter' || keys === ' ') && onControl(event.target)) return
  const typing = inField(event.target)
  const dialogOpen = document.querySelector('.ant-modal-wrap:not([style*="display: none"]), .ant-drawer-open') !== null
  const sequence = Date.now() - firstAt < 1200 && first ? `${first} ${keys}` : ''
  for (const entry of [...shortcuts].reverse()) {
    const shortcut = entry.current
    if (typing && !shortcut.inFields) continue
    if (dialogOpen && !shortcut.inFields) continue
    if (shortcut.keys === keys || shortcut.keys === sequence) {
      event.preventDefault()
      first = ''
      shortcut.run(event)
      return
    }
  }
  first = typing ? '' : keys
  firstAt = Date.now()
}

/** Registers shortcuts while the component is shown; the latest registration wins. */
export function useShortcuts(list: Shortcut[]): void {
  const refs = useRef<{ current: Shortcut }[]>([])
  const signature = list.map(item => `${item.keys}|${item.label}`).join('\n')
  list.forEach((item, index) => {
    const ref = refs.current[index]
    if (ref) ref.current = item
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: registered again only when keys or labels change; the handlers are refreshed above
  useEffect(() => {
    const mine = list.map(item => ({ current: item }))
    refs.current = mine
    if (shortcuts.length === 0) window.addEventListener('keydown', listen)
    shortcuts.push(...mine)
    changed()
    return () => {
      for (const entry of mine) shortcuts.splice(shortcuts.indexOf(entry), 1)
      if (shortcuts.length === 0) window.removeEventListener('keydown', listen)
      refs.current = []
      changed()
    }
  }, [signature])
}

export function useShortcutList(): Shortcut[] {
  return useSyncExternalStore(
    watcher => {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    () => snapshot,
  )
}

const MAC = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform)
const NAMES: Record<string, string> = { Enter: '↵', ArrowDown: '↓', ArrowUp: '↑', Escape: 'Esc' }
/** Keys as printed on the keyboard of this machine, one entry per cap. */
export function keyCaps(keys: string): string[] {
  return keys
    .split(' ')
    .flatMap(part =>
      part
        .split('+')
        .map(key =>
          key === 'mod' ? (MAC ? '⌘' : 'Ctrl') : (NAMES[key] ?? (key.length === 1 ? key.toUpperCase() : key)),
        ),
    )
}

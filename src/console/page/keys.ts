import { signal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'

/** A key, and what it does. */
export interface Shortcut {
  /** As `KeyboardEvent.key` has it. */
  readonly key: string
  /** What it does, as the list of all keys says it. */
  readonly title: string
  readonly action: (event: KeyboardEvent) => void
}

/** The keys that do something now; of two that are the same, the one that was added last does. */
export const shortcuts = signal<readonly Shortcut[]>([])

/** Lets a key do something as long as the component is shown. @param key undefined: none does now. */
export function useShortcut (key: string | undefined, title: string, action: (event: KeyboardEvent) => void): void {
  const latest = useRef({ title, action })
  latest.current = { title, action }
  // Before the page is painted, and once for a key: one that is said to do something does it at once.
  useLayoutEffect(() => {
    if (key === undefined) return
    const shortcut: Shortcut = { key, get title () { return latest.current.title }, action: (event) => { latest.current.action(event) } }
    shortcuts.value = [shortcut, ...shortcuts.peek()]
    return () => { shortcuts.value = shortcuts.peek().filter((other) => other !== shortcut) }
  }, [key])
}

/** What takes keys for itself: what is typed there is text, or moves there. */
const TAKES_KEYS = 'input:not([type=checkbox], [type=radio], [type=button]), textarea, select, [role=slider], [contenteditable]'

/** Listens to the keyboard. A dialog that is open has the keys for itself. */
export function listenToKeys (): void {
  window.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.isComposing) return
    if (event.target instanceof HTMLElement && event.target.closest(TAKES_KEYS) !== null) return
    if (document.querySelector('dialog:modal') !== null) return
    const shortcut = shortcuts.value.find(({ key }) => key === event.key)
    if (shortcut === undefined) return
    event.preventDefault()
    shortcut.action(event)
  })
}

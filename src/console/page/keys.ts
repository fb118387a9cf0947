import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'

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

/** Lets a key do something as long as the component is shown. */
export function useShortcut (key: string, title: string, action: (event: KeyboardEvent) => void): void {
  useEffect(() => {
    const shortcut = { key, title, action }
    shortcuts.value = [shortcut, ...shortcuts.peek()]
    return () => { shortcuts.value = shortcuts.peek().filter((other) => other !== shortcut) }
  })
}

/** Listens to the keyboard. What is typed into a field is text. */
export function listenToKeys (): void {
  window.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
    if (event.target instanceof HTMLElement && event.target.closest('input, textarea, select, [role=slider], [contenteditable]') !== null) return
    const shortcut = shortcuts.value.find(({ key }) => key === event.key)
    if (shortcut === undefined) return
    event.preventDefault()
    shortcut.action(event)
  })
}

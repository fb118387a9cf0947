import type { ComponentChildren, JSX } from 'preact'
import { useShortcut } from '../keys.ts'

/** What a button is, and what it does. */
export interface ButtonProps {
  readonly children: ComponentChildren
  readonly onClick: (event: MouseEvent | KeyboardEvent) => void
  /** What it does, in words; it names a button that shows a sign alone. */
  readonly title?: string | undefined
  /** The key that does the same as long as the button is shown; it stands in the title. Escape hatches: none, give each key once. */
  readonly shortcut?: string | undefined
  readonly kind?: 'plain' | 'primary' | 'danger' | 'quiet' | undefined
  readonly disabled?: boolean | undefined
  /** For one that switches something: whether it is on. */
  readonly pressed?: boolean | undefined
  /** For one that opens something: whether it is open. */
  readonly expanded?: boolean | undefined
  /** For one in a dialog: whether it has the focus when that opens. */
  readonly autofocus?: boolean | undefined
  readonly class?: string | undefined
}

/** A button. Its key, if it has one, is registered here and said in its title. */
export function Button ({ children, onClick, title, shortcut, kind = 'plain', disabled = false, pressed, expanded, autofocus, class: more = '' }: ButtonProps): JSX.Element {
  const words = title ?? (typeof children === 'string' ? children : '')
  useShortcut(disabled ? undefined : shortcut, words, onClick)
  return (
    <button
      type='button' class={`button ${kind} ${more}`} disabled={disabled} onClick={onClick}
      title={shortcut === undefined ? title : `${words} (${shortcut})`} aria-label={typeof children === 'string' ? undefined : title}
      aria-keyshortcuts={shortcut} aria-pressed={pressed} aria-expanded={expanded} autofocus={autofocus}
    >
      {children}
    </button>
  )
}

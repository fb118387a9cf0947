import { signal } from '@preact/signals'
import type { JSX } from 'preact'
import { shortcuts } from '../keys.ts'
import { Dialog } from '../parts/dialog.tsx'

/** Whether the list of all keys is shown. */
export const isHelpShown = signal(false)

/** How keys are written that have a sign of their own. */
const WRITTEN: Readonly<Record<string, string>> = { ArrowLeft: '←', ArrowRight: '→', ArrowUp: '↑', ArrowDown: '↓', ' ': 'Space' }

/** The keys that lists and controls have by themselves. */
const IN_LISTS: ReadonlyArray<readonly [string, string]> = [
  ['j  k  ↓  ↑', 'In a list: next row, previous row'], ['←  →', 'On an achievement: five percent less, more'], ['Home  End', 'First row, last row'], ['Enter', 'Open the row'], ['Escape', 'Close a dialog'], ['Tab', 'Next control']
]

/** All keys that do something here. */
export function HelpDialog (): JSX.Element | null {
  if (!isHelpShown.value) return null
  const seen = new Map(shortcuts.value.toReversed().map((shortcut) => [shortcut.key, shortcut]))
  const lines = [...Array.from(seen.values(), ({ key, title }) => [WRITTEN[key] ?? key, title] as const), ...IN_LISTS]
  return (
    <Dialog title='Keys' onClose={() => { isHelpShown.value = false }}>
      <dl class='key-list'>
        {lines.map(([key, title]) => <div key={`${key}${title}`}><dt>{key.split('  ').map((one) => <kbd key={one}>{one}</kbd>)}</dt><dd>{title}</dd></div>)}
      </dl>
    </Dialog>
  )
}

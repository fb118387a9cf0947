import type { JSX } from 'preact'
import { lastAction, underWay } from '../api.ts'
import { useShortcut } from '../keys.ts'
import { Button } from '../parts/button.tsx'
import { Copy } from '../parts/copy.tsx'
import { done, inBackground, undoLast } from '../undo.ts'

/** What the page did last, as a line for a shell, and the button that takes it back. */
export function LastAction (): JSX.Element | null {
  const [last] = done.value
  const undo = (): void => { inBackground(undoLast()) }
  useShortcut(last === undefined && underWay.value === 0 ? undefined : 'z', last === undefined ? 'Undo' : `Undo: ${last.text}`, undo)
  if (lastAction.value === null) return null
  return (
    <footer class='last-action' aria-label='Last action'>
      <span class='last-action-sign' aria-hidden='true'>$</span>
      <code title={lastAction.value}>{lastAction.value}</code>
      <Copy text={lastAction.value} label='Copy' title='Copy this line' />
      {last !== undefined && <Button kind='quiet' title={`Undo: ${last.text} (z)`} onClick={undo}>Undo</Button>}
    </footer>
  )
}

import type { JSX } from 'preact'
import { Button } from '../parts/button.tsx'
import { paused, togglePause, waitingCount } from './journal-store.ts'

/** Stops the list, and says how many requests wait; again, and they are shown. @param shortcut its key. */
export function PauseButton ({ shortcut }: { shortcut?: string }): JSX.Element {
  const isPaused = paused.value !== null
  const count = waitingCount.value
  return (
    <Button title={isPaused ? 'Go on: show what has come' : 'Pause: the list stands still'} shortcut={shortcut} pressed={isPaused} onClick={togglePause}>
      {isPaused ? `▶ Go on · ${count.toLocaleString()} ${count === 1 ? 'waits' : 'wait'}` : 'Pause'}
    </Button>
  )
}

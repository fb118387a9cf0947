import type { JSX } from 'preact'

/** The live journal, in the lower pane of every place. */
export function Journal (): JSX.Element {
  return <p>Requests as they come.</p>
}

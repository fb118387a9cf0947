import type { JSX } from 'preact'

/** The place "Requests". */
export function RequestsPlace (): JSX.Element {
  return <h1>Requests</h1>
}

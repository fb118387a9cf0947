import type { JSX } from 'preact'

/** The place "World". */
export function WorldPlace (): JSX.Element {
  return <h1>World</h1>
}

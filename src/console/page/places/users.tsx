import type { JSX } from 'preact'

/** The place "Users". */
export function UsersPlace (): JSX.Element {
  return <h1>Users</h1>
}

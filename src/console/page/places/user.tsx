import type { JSX } from 'preact'

/** A user: titles and achievements. */
export function UserPlace ({ xuid, titleId }: { xuid: string, titleId: string | undefined }): JSX.Element {
  return <h1>{xuid} {titleId}</h1>
}

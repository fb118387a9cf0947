import type { JournalEntry } from '../../control/journal/entry.ts'
import type { FrameEntry } from '../../control/journal/frame.ts'

/** A WebSocket that was cut, and whose. */
export interface CutConnection {
  readonly connection: number
  readonly xuid: string | null
  readonly time: string
}

/** The code that a connection ends with that was cut: no close frame has it. (RFC 6455, 7.4.1) */
const CUT = 1006
/** How many are remembered. */
const MOST_CUT = 100

/** What has happened, as far as it matters here: any event. */
export type ConnectionEvent =
  | ({ readonly kind: 'frame' } & Pick<FrameEntry, 'type' | 'code' | 'connection' | 'xuid' | 'time'>)
  | ({ readonly kind: 'request' } & Pick<JournalEntry, 'status' | 'claims'>)
  | { readonly kind: 'other' }

/** Those that were cut and whose client has not connected again, after an event. @returns the same list when nothing has changed. */
export function cutAfter (cut: readonly CutConnection[], event: ConnectionEvent): readonly CutConnection[] {
  if (event.kind === 'frame' && event.type === 'close' && event.code === CUT) return [...cut, { connection: event.connection, xuid: event.xuid, time: event.time }].slice(-MOST_CUT)
  if (event.kind !== 'request' || event.status !== 101) return cut
  const again = cut.findIndex(({ xuid }) => xuid === (event.claims?.xuid ?? null))
  return again === -1 ? cut : cut.toSpliced(again, 1)
}

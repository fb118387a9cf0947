/**
 * How far a reader of events has come: it was sent everything up to these ids, or did not ask for it. There is one id for each
 * source, because each counts for itself.
 */
export interface Position {
  /** In the feed. */
  readonly changes: number
  /** In the journal. */
  readonly requests: number
  /** Of those in the journal. */
  readonly frames: number
}

const POSITION = /^([\da-f]{8})-(\d{1,15})-(\d{1,15})-(\d{1,15})$/

/** What an id is, for the message of a refusal. */
export const POSITION_EXPECTED = 'the id of an event'

/**
 * A position as the id of an event.
 *
 * @param start names the start of the emulator: another one, also one that has taken its place, counts anew.
 */
export const formatPosition = (start: string, { changes, requests, frames }: Position): string => `${start}-${changes}-${requests}-${frames}`

/** Reads the id of an event. @returns undefined for a text that is none. */
export function parsePosition (text: string): { readonly start: string, readonly position: Position } | undefined {
  const [, start, changes, requests, frames] = POSITION.exec(text) ?? []
  return start === undefined ? undefined : { start, position: { changes: Number(changes), requests: Number(requests), frames: Number(frames) } }
}

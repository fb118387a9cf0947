/** How far a reader of events has come: it was sent everything up to these ids, or did not ask for it. */
export interface Position {
  /** In the feed. */
  readonly feed: number
  /** In the journal. */
  readonly journal: number
}

const POSITION = /^([\da-f]{8})-(\d{1,15})-(\d{1,15})$/

/** What an id is, for the message of a refusal. */
export const POSITION_EXPECTED = 'the id of an event'

/**
 * A position as the id of an event.
 *
 * @param start names the start of the emulator: another one, also one that has taken its place, counts anew.
 */
export const formatPosition = (start: string, { feed, journal }: Position): string => `${start}-${feed}-${journal}`

/** Reads the id of an event. @returns undefined for a text that is none. */
export function parsePosition (text: string): { readonly start: string, readonly position: Position } | undefined {
  const [, start, feed, journal] = POSITION.exec(text) ?? []
  return start === undefined ? undefined : { start, position: { feed: Number(feed), journal: Number(journal) } }
}

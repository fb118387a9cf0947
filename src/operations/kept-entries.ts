import type { Clock } from '../base/clock.ts'
import { formatInstant } from '../base/instant.ts'
import type { Change, LocalChange } from '../model/change.ts'

/** A change, with its place in the feed of this process. */
export interface FeedEntry {
  /** Grows from 1. What is not told while nobody listens may leave a number out. */
  readonly id: number
  /** When it was published, on the emulator's clock. */
  readonly time: string
  readonly change: Change | LocalChange
}

/** How many entries are kept. */
const MOST_KEPT_ENTRIES = 4096
/** How many achievements with their progress the entries may have that are kept. */
const MOST_KEPT_ACHIEVEMENTS = 65_536

/** The last entries of a feed. */
export interface KeptEntries {
  /** Begins to keep entries. */
  readonly start: () => void
  /** Forgets all of them. What happens until the next start is missing in the feed. */
  readonly stop: () => void
  readonly add: (change: Change | LocalChange) => FeedEntry
  /** The entries with a greater id, oldest first; undefined when some of them are not known. */
  readonly after: (id: number) => readonly FeedEntry[] | undefined
  /** The id of the last one; 0 before the first. */
  readonly newest: () => number
}

export function createKeptEntries (clock: Clock): KeptEntries {
  let entries: FeedEntry[] = []
  let achievements = 0
  let newest = 0
  /** All entries with a greater id are kept; null: none is. */
  let since: number | null = null

  /** Entries are deleted a quarter at a time: to move all of them for each one would take longer than the rest. */
  function trim (): void {
    if (entries.length < MOST_KEPT_ENTRIES * 1.25 && achievements < MOST_KEPT_ACHIEVEMENTS * 1.25) return
    let first = 0
    for (; entries.length - first > MOST_KEPT_ENTRIES || achievements > MOST_KEPT_ACHIEVEMENTS; first++) achievements -= achievementsIn(entries[first] as FeedEntry)
    since = (entries[first - 1] as FeedEntry).id
    entries = entries.slice(first)
  }

  return {
    start: () => { since = newest },

    stop: () => {
      since = null
      entries = []
      achievements = 0
      // Who knows everything up to the last entry does not know what is missing after it.
      newest++
    },

    add: (change) => {
      const entry = { id: ++newest, time: formatInstant(clock.now()), change }
      entries.push(entry)
      achievements += achievementsIn(entry)
      trim()
      return entry
    },

    after: (id) => since === null || id < since || id > newest ? undefined : entries.slice(entries.findLastIndex((entry) => entry.id <= id) + 1),

    newest: () => newest
  }
}

const achievementsIn = ({ change }: FeedEntry): number => change.kind === 'progress' ? change.achievements.length : 0

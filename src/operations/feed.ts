import type { Clock } from '../base/clock.ts'
import { formatInstant } from '../base/instant.ts'
import type { Change, LocalChange } from '../model/change.ts'

/** A change, with its place in the feed of this process. */
export interface FeedEntry {
  /** Counts the entries of this process from 1. */
  readonly id: number
  /** When it was published, on the emulator's clock. */
  readonly time: string
  readonly change: Change | LocalChange
}

/** What has changed, in the order of the transactions: every transaction that was committed, and no other. */
export interface Feed {
  /**
   * Calls a listener with each entry from now on, right after its transaction. What listens must not throw, and does its
   * work later if it is long: the request that made the change waits for it.
   *
   * @returns ends it.
   */
  readonly listen: (listener: (entry: FeedEntry) => void) => () => void
  /** The entries with a greater id, oldest first; undefined when some of them are not kept any more, or never were because nobody listened. */
  readonly after: (id: number) => readonly FeedEntry[] | undefined
  /** The id of the last entry; 0 before the first one. */
  readonly newest: () => number
  readonly publish: (changes: ReadonlyArray<Change | LocalChange>) => void
}

/** A feed of one process. */
export function createFeed (clock: Clock): Feed {
  const listeners = new Set<(entry: FeedEntry) => void>()
  let newest = 0
  return {
    listen: (listener) => {
      listeners.add(listener)
      return () => { listeners.delete(listener) }
    },

    after: (id) => id >= newest ? [] : undefined,
    newest: () => newest,

    publish: (changes) => {
      if (listeners.size === 0) return
      for (const change of changes) {
        const entry = { id: ++newest, time: formatInstant(clock.now()), change }
        for (const listener of listeners) listener(entry)
      }
    }
  }
}

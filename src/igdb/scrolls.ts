import { hash } from 'node:crypto'
import type { RecordList, RecordPosition } from '../model/igdb-record.ts'

/** How long a scroll waits for its next page, in ms: the documented 3 minutes. */
const LIFETIME = 3 * 60 * 1000
/** How many scrolls there may be; a further one replaces the one that was used longest ago. */
const MAX_SCROLLS = 1000

/** A list that a client reads page by page. */
export interface Scroll {
  readonly list: RecordList
  /** The record after which the next page begins; null when all records were read. */
  readonly after: RecordPosition | null
}

/**
 * The scrolls that clients are reading. The path of a scroll stays the same from page to page: each request
 * for it gets the next page. A scroll holds the position of the last record, and no records: a page shows
 * the world as it is when the page is read, and a write between two pages makes none repeated or skipped.
 */
export function createScrolls () {
  const scrolls = new Map<string, Scroll & { readonly usedAt: number }>()
  let opened = 0
  return {
    /** Begins a scroll. Its cursor is made of its list, so that a cursor of before a restart does not continue another list. */
    open (scroll: Scroll, now: number): string {
      const cursor = hash('sha256', JSON.stringify([opened++, scroll.list]), 'base64url').slice(0, 24)
      const [oldest] = scrolls.keys()
      if (scrolls.size === MAX_SCROLLS && oldest !== undefined) scrolls.delete(oldest)
      scrolls.set(cursor, { ...scroll, usedAt: now })
      return cursor
    },

    /** The scroll of a cursor; undefined when it is unknown or has expired. */
    find (cursor: string, now: number): Scroll | undefined {
      const scroll = scrolls.get(cursor)
      return scroll === undefined || now - scroll.usedAt > LIFETIME ? undefined : scroll
    },

    /** Advances a scroll to its next page. */
    move (cursor: string, scroll: Scroll, now: number): void {
      // Deleted first, so that it becomes the last entry: the first one is always that which was used longest ago.
      scrolls.delete(cursor)
      scrolls.set(cursor, { ...scroll, usedAt: now })
    },

    /** Ends all scrolls. */
    clear (): void { scrolls.clear() }
  }
}

import { hash } from 'node:crypto'
import type { RecordList, RecordPosition } from '../model/igdb-record.ts'

/** How long a scroll waits for its next page, in ms: the documented 3 minutes. */
const LIFETIME = 3 * 60 * 1000
/** How many are kept; of more, those that were asked for longest ago end. */
const MOST = 1000

/** A list that is read page by page. */
export interface Scroll {
  readonly list: RecordList
  /** After which record the next page begins; null when nothing follows. */
  readonly after: RecordPosition | null
}

/**
 * The scrolls that are under way. The path of a scroll does not change from page to page: each request
 * for it answers the next page. What is kept is a position and no rows, so a page is read as the world
 * is by then, and a write in between moves nothing.
 */
export function createScrolls () {
  const scrolls = new Map<string, Scroll & { readonly usedAt: number }>()
  let opened = 0
  return {
    /** Begins one; its cursor belongs to the list, so that none of before a restart continues another. */
    open (scroll: Scroll, now: number): string {
      const cursor = hash('sha256', JSON.stringify([opened++, scroll.list]), 'base64url').slice(0, 24)
      const [oldest] = scrolls.keys()
      if (scrolls.size === MOST && oldest !== undefined) scrolls.delete(oldest)
      scrolls.set(cursor, { ...scroll, usedAt: now })
      return cursor
    },

    /** The scroll of a cursor; undefined when there is none, or nobody has asked for it for too long. */
    find (cursor: string, now: number): Scroll | undefined {
      const scroll = scrolls.get(cursor)
      return scroll === undefined || now - scroll.usedAt > LIFETIME ? undefined : scroll
    },

    /** Its next page begins after another position. */
    move (cursor: string, scroll: Scroll, now: number): void {
      // To the end of the queue.
      scrolls.delete(cursor)
      scrolls.set(cursor, { ...scroll, usedAt: now })
    }
  }
}

export type Scrolls = ReturnType<typeof createScrolls>

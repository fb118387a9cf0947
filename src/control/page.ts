import { readUnsigned32, readUnsigned64 } from '../base/integers.ts'
import type { Query } from '../http/query.ts'

/** How many entries a page has by default, and at most. */
export const DEFAULT_PAGE_LIMIT = 100
export const LARGEST_PAGE_LIMIT = 1000

/** How many entries a request asks for. @throws 400 for what is not 1 to 1000. */
export const readPageLimit = (query: Query): number => query.one('limit', `an integer from 1 to ${LARGEST_PAGE_LIMIT}`, parseLimit) ?? DEFAULT_PAGE_LIMIT

function parseLimit (text: string): number | undefined {
  const limit = readUnsigned32(text)
  return limit === undefined || limit < 1 || limit > LARGEST_PAGE_LIMIT ? undefined : limit
}

/** A page, and after which entry the next one begins; null: there is no more. */
export interface KeyedPage<Entry, Key> {
  readonly entries: Entry[]
  readonly next: Key | null
}

/**
 * Reads a page.
 *
 * @param read reads at most so many entries.
 * @param keyOf what the list is in the order of.
 */
export function readKeyedPage<Entry, Key> (limit: number, read: (limit: number) => Entry[], keyOf: (entry: Entry) => Key): KeyedPage<Entry, Key> {
  const found = read(limit + 1)
  const entries = found.slice(0, limit)
  return { entries, next: found.length > limit ? keyOf(entries.at(-1) as Entry) : null }
}

/** Where a page of a list in the order of creation begins: a number that SQLite and JSON can hold. */
export function readRow (text: string): number | undefined {
  const row = Number(readUnsigned64(text))
  return Number.isSafeInteger(row) ? row : undefined
}

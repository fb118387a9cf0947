import type { JsonInput } from '../../base/cache-key.ts'
import { readInstant } from '../../base/instant.ts'
import { readSigned32 } from '../../base/integers.ts'
import type { Query } from '../../http/query.ts'
import type { Dialect } from '../../model/dialect.ts'
import type { PageRange, ListPosition } from '../../model/list.ts'
import { readContinuationToken, writeContinuationToken } from './continuation-token.ts'

/** The number of items of a page without `maxItems`, as in the live service. */
export const DEFAULT_PAGE_SIZE = 32
/** The most items of a page: a larger `maxItems` counts as this. */
export const LARGEST_PAGE_SIZE = 1000

/**
 * Reads `skipItems`, `maxItems` and `continuationToken`. In the live dialect an empty token stands for the
 * first page: a published client sends it.
 *
 * @param list the list to which a token has to belong.
 * @throws 400 for a value that is not of its parameter's type, and for a token that was not issued
 *   for the list.
 */
export function readPaging<L> (query: Query, list: JsonInput<L>, dialect: Dialect): PageRange {
  return readPage(query, query.one('continuationToken', EXPECTED_TOKEN[dialect], (text) => readStart(text, list, dialect)) ?? START)
}

/** The position of a page, and the version of the list that its token carries; null when there is none. */
export interface VersionedPaging {
  readonly paging: PageRange
  readonly version: string | null
}

/**
 * As {@link readPaging}, for V1's title history in the live dialect, whose tokens are `<offset>,<version>`, e.g.
 * `32,2018-03-28T01:28:51.8070000Z` [recorded]. An offset alone is accepted, too.
 */
export function readVersionedPaging (query: Query): VersionedPaging {
  const { version, ...start } = query.one('continuationToken', `${EXPECTED_TOKEN.live}, or one, a comma and an instant`, readVersionedStart) ?? { ...START, version: null }
  return { paging: readPage(query, start), version }
}

function readPage (query: Query, start: Start): PageRange {
  const skip = query.one('skipItems', 'an integer from 0 to 2147483647', readSigned32) ?? 0
  const limit = query.one('maxItems', 'an integer from 1 to 2147483647', (text) => readSigned32(text) || undefined) ?? DEFAULT_PAGE_SIZE
  return { after: start.after, skip: start.offset + skip, limit: Math.min(LARGEST_PAGE_SIZE, limit) }
}

const EXPECTED_TOKEN: Readonly<Record<Dialect, string>> = {
  documented: 'a token that was issued for this user, these filters and this order',
  live: 'an offset of at most 10 decimal digits'
}

/** Where a page begins, before `skipItems`. */
interface Start {
  readonly after: ListPosition | null
  readonly offset: number
}

const START: Start = { after: null, offset: 0 }

/** Where the page of a token begins. `0` is the first page: a published client sends it. */
function readStart<L> (text: string, list: JsonInput<L>, dialect: Dialect): Start | undefined {
  if (text === '0') return START
  if (dialect === 'live') return text === '' ? START : readOffset(text)
  const after = readContinuationToken(text, list)
  return after && { after, offset: 0 }
}

const readOffset = (text: string): Start | undefined => /^\d{1,10}$/.test(text) ? { after: null, offset: Number(text) } : undefined

function readVersionedStart (text: string): Start & { version: string | null } | undefined {
  if (text === '') return { ...START, version: null }
  const [offset = '', pinned, ...more] = text.split(',')
  const start = readOffset(offset)
  const version = pinned === undefined ? null : readInstant(pinned)
  return start === undefined || version === undefined || more.length > 0 ? undefined : { ...start, version }
}

/** The end of a page. */
export interface PageEnd {
  /** The position of the last item; null when it is the last of the list. */
  readonly last: ListPosition | null
  /** The number of items of the page. */
  readonly count: number
}

/**
 * The token of the next page; null after the last one. The tokens of the live service are offsets
 * [recorded], so that an item that is added or removed before one shifts the pages after it. The tokens of
 * the documented dialect contain the position of the last item.
 */
export function writeNextToken<L> ({ last, count }: PageEnd, { list, paging, dialect }: { list: JsonInput<L>, paging: PageRange, dialect: Dialect }): string | null {
  if (last === null) return null
  return dialect === 'live' ? String(paging.skip + count) : writeContinuationToken(last, list)
}

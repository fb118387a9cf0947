import type { Dialect } from '../../model/dialect.ts'
import type { Paging, Position } from '../../model/list.ts'
import { readInstant } from '../../base/instant.ts'
import { readUnsigned32 } from '../../base/integers.ts'
import type { Plain } from '../../base/cache-key.ts'
import { readContinuationToken, writeContinuationToken } from './continuation-token.ts'
import type { Query } from '../../http/query.ts'

/** A page holds this many items when nothing else is asked for, as the live service's do. */
export const DEFAULT_PAGE = 32
/** And never more than this. */
export const LARGEST_PAGE = 1000
const MAX_SIGNED_32 = 2_147_483_647

/**
 * `skipItems`, `maxItems` and `continuationToken`. In the live dialect an empty token is none: a
 * published client asks for its first page with it.
 *
 * @param list all that makes the list what it is.
 * @throws 400 for a value that is not of its parameter's type, and for a token that was not issued
 *   for the list.
 */
export function readPaging<L> (query: Query, list: Plain<L>, dialect: Dialect): Paging {
  return readFrom(query, query.one('continuationToken', EXPECTED_TOKEN[dialect], (text) => readStart(text, list, dialect)) ?? START)
}

/** Where a page is, and the version of the list that its token pins; null: none. */
export interface VersionedPaging {
  readonly paging: Paging
  readonly version: string | null
}

/**
 * As {@link readPaging}, of V1's title history in the live dialect: a token is `<offset>,<version>`, e.g.
 * `32,2018-03-28T01:28:51.8070000Z` [recorded]. A mere offset is taken, too.
 */
export function readVersionedPaging (query: Query): VersionedPaging {
  const { version, ...start } = query.one('continuationToken', `${EXPECTED_TOKEN.live}, or one, a comma and an instant`, readVersionedStart) ?? { ...START, version: null }
  return { paging: readFrom(query, start), version }
}

function readFrom (query: Query, start: Start): Paging {
  const skip = query.one('skipItems', 'an integer from 0 to 2147483647', readSigned32) ?? 0
  const limit = query.one('maxItems', 'an integer from 1 to 2147483647', (text) => readSigned32(text) || undefined) ?? DEFAULT_PAGE
  return { after: start.after, skip: start.offset + skip, limit: Math.min(LARGEST_PAGE, limit) }
}

const EXPECTED_TOKEN: Readonly<Record<Dialect, string>> = {
  documented: 'a token that was issued for this user, these filters and this order',
  live: 'an offset of at most 10 decimal digits'
}

interface Start {
  readonly after: Position | null
  readonly offset: number
}

const START: Start = { after: null, offset: 0 }

/** Where a token continues. `0` is the start: a published client asks for its first page with it. */
function readStart<L> (text: string, list: Plain<L>, dialect: Dialect): Start | undefined {
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

/** A page that was read. */
export interface ReadPage {
  /** The position of its last item; null when nothing follows it. */
  readonly last: Position | null
  /** How many items are on it. */
  readonly count: number
}

/**
 * The token of the page that follows one; null when none does. The live service's tokens are offsets
 * [recorded]: what is added or taken away in front of one moves all that follows. The documented
 * dialect's hold the place of the last item.
 */
export function writeNext<L> ({ last, count }: ReadPage, { list, paging, dialect }: { list: Plain<L>, paging: Paging, dialect: Dialect }): string | null {
  if (last === null) return null
  return dialect === 'live' ? String(paging.skip + count) : writeContinuationToken(last, list)
}

function readSigned32 (text: string): number | undefined {
  const value = readUnsigned32(text)
  return value === undefined || value > MAX_SIGNED_32 ? undefined : value
}

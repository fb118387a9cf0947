import type { Dialect } from '../domain.ts'
import type { Paging, Position } from '../listing.ts'
import { readUnsigned32 } from '../integers.ts'
import type { Plain } from '../key.ts'
import { readContinuationToken } from './continuation-token.ts'
import type { Query } from './query.ts'

/** A page holds this many items when nothing else is asked for, as the live service's do. */
export const DEFAULT_PAGE = 32
/** And never more than this. */
export const LARGEST_PAGE = 1000
const MAX_SIGNED_32 = 2_147_483_647

/**
 * `skipItems`, `maxItems` and `continuationToken`.
 *
 * @param list all that makes the list what it is.
 * @throws 400 for a value that is not of its parameter's type, and for a token that was not issued
 *   for the list.
 */
export function readPaging<L> (query: Query, list: Plain<L>, dialect: Dialect): Paging {
  const start = query.one('continuationToken', 'a token that was issued for this user, these filters and this order',
    (text) => readStart(text, list, dialect)) ?? START
  const skip = query.one('skipItems', 'an integer from 0 to 2147483647', readSigned32) ?? 0
  const limit = query.one('maxItems', 'an integer from 1 to 2147483647', (text) => readSigned32(text) || undefined) ?? DEFAULT_PAGE
  return { after: start.after, skip: start.offset + skip, limit: Math.min(LARGEST_PAGE, limit) }
}

const START: { after: Position | null, offset: number } = { after: null, offset: 0 }

/**
 * Where a token continues. `0` is the start: a published client asks for its first page with it. The
 * live service's own tokens are offsets, so the live dialect takes any of them.
 */
function readStart<L> (text: string, list: Plain<L>, dialect: Dialect): typeof START | undefined {
  if (text === '0') return START
  if (dialect === 'live' && /^\d{1,10}$/.test(text)) return { after: null, offset: Number(text) }
  const after = readContinuationToken(text, list)
  return after && { after, offset: 0 }
}

function readSigned32 (text: string): number | undefined {
  const value = readUnsigned32(text)
  return value === undefined || value > MAX_SIGNED_32 ? undefined : value
}

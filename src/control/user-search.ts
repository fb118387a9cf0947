import { readUnsigned64 } from '../base/integers.ts'
import type { Query } from '../http/query.ts'
import { invalidRequest } from '../model/refusals.ts'
import type { ListedUser, UserSearch } from '../model/user.ts'
import type { Store } from '../store/store.ts'
import { readKeyedPage, readPageLimit, type KeyedPage } from './page.ts'

const isNumber = (text: string): boolean => /^[0-9]+$/.test(text)

/**
 * The users whom a query asks for: those whose gamertags begin with a text, or those whose gamertags or XUIDs do.
 *
 * @throws 400 for both, and for a query that is not understood.
 */
export function findUsers ({ people }: Store, query: Query): KeyedPage<ListedUser, string> {
  query.requireKnown(['gamertag', 'search', 'limit', 'after'])
  const gamertag = query.one('gamertag', 'the beginning of a gamertag', String)
  const search = query.one('search', 'the beginning of a gamertag or XUID', String)
  const after = query.one('after', 'what next was of the page before', String) ?? null
  const pageLimit = readPageLimit(query)
  if (search === undefined) {
    return readKeyedPage(pageLimit, (limit) => people.readPage({ gamertag: gamertag ?? '', after, limit }), (user) => user.gamertag)
  }
  if (gamertag !== undefined) throw invalidRequest('The query has gamertag and search; expected one of them.')
  return readKeyedPage(pageLimit, (limit) => people.search({ search, after: readSearchPosition(search, after), limit }), (user) => writeSearchPosition(search, user))
}

/** Where a user is among those who are found: those by XUID come behind those by gamertag, which all begin with the digits that are searched. */
const writeSearchPosition = (search: string, { gamertag, xuid }: ListedUser): string => isNumber(search) && !gamertag.startsWith(search) ? `xuid(${xuid})` : gamertag

function readSearchPosition (search: string, after: string | null): UserSearch['after'] {
  const xuid = isNumber(search) && after !== null ? readUnsigned64(/^xuid\((\d+)\)$/.exec(after)?.[1] ?? '') : undefined
  return xuid !== undefined ? { xuid } : after === null ? null : { gamertag: after }
}

import { ACHIEVEMENT_TYPES, type Dialect, type Generation } from '../domain.ts'
import { HISTORY_ORDERS, ORDERS, type HistoryOrder, type ListFilter } from '../listing.ts'
import { invalidRequest } from '../errors.ts'
import { readUnsigned32 } from '../integers.ts'
import { readPaging, type Paging } from './paging.ts'
import { oneOf, Query, readBoolean } from './query.ts'

/** Whose list is asked for, and how. */
export interface ListOf {
  /** The XUID in the path. */
  readonly xuid: string
  readonly generation: Generation
  readonly dialect: Dialect
}

/** What a caller asks of a list of achievements. */
export interface ListQuery extends Paging {
  readonly filter: ListFilter
}

/**
 * The query of `GET …/achievements`. V1 lists what the user has earned, newest first.
 *
 * @throws 400 for a value that is not of its parameter's type, and for a token that was not issued
 *   for the same list.
 */
export function readListQuery (parameters: URLSearchParams, of: ListOf): ListQuery {
  const query = new Query(parameters)
  const filter = readFilter(query, of.generation === 'xbox360' ? 'UnlockTime' : 'Unordered')
  return withPaging(query, of, { ...filter, unlockedOnly: filter.unlockedOnly || of.generation === 'xbox360' })
}

/**
 * The query of `GET …/titleachievements`: the catalogue of the titles that it has to name.
 *
 * @throws 400 as above, and without a title.
 */
export function readCatalogueQuery (parameters: URLSearchParams, of: ListOf): ListQuery {
  const query = new Query(parameters)
  const filter = { ...readFilter(query, 'Unordered'), possibleOnly: true }
  if (filter.titleIds === null) throw invalidRequest('titleId is missing; expected the decimal title id whose achievements to list.')
  return withPaging(query, of, filter)
}

/** What a caller asks of a title history. */
export interface HistoryQuery extends Paging {
  readonly order: HistoryOrder
}

/**
 * The query of `GET …/history/titles`. V1 comes with the last played first, V2 by title id.
 *
 * @throws 400 as above.
 */
export function readHistoryQuery (parameters: URLSearchParams, { xuid, generation, dialect }: ListOf): HistoryQuery {
  const query = new Query(parameters)
  const order = query.one('orderBy', '"Title", "UnlockTime" or "LastPlayed"', oneOf(HISTORY_ORDERS)) ??
    (generation === 'xbox360' ? 'LastPlayed' : 'Title')
  return { order, ...readPaging(query, ['history', xuid, generation, order], dialect) }
}

function readFilter (query: Query, order: ListFilter['order']): ListFilter {
  const [type = null, another] = new Set(query.list('types', '"Persistent" or "Challenge"', oneOf(ACHIEVEMENT_TYPES)))
  return {
    titleIds: query.list('titleId', 'comma-delimited decimal title ids from 0 to 4294967295', readUnsigned32) ?? null,
    type: another === undefined ? type : null,
    unlockedOnly: query.one('unlockedOnly', '"true" or "false"', readBoolean) ?? false,
    possibleOnly: query.one('possibleOnly', '"true" or "false"', readBoolean) ?? false,
    order: query.one('orderBy', '"Unordered", "Title", "UnlockTime" or "EndingSoon"', oneOf(ORDERS)) ?? order
  }
}

function withPaging (query: Query, { xuid, generation, dialect }: ListOf, filter: ListFilter): ListQuery {
  const { titleIds, type, unlockedOnly, possibleOnly, order } = filter
  const titles = titleIds && [...new Set(titleIds)].sort((a, b) => a - b)
  const list = ['achievements', xuid, generation, titles, type, unlockedOnly && !possibleOnly, possibleOnly, order]
  return { filter, ...readPaging(query, list, dialect) }
}

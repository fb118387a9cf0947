import { ACHIEVEMENT_TYPES, type Dialect, type Generation } from '../domain.ts'
import { HISTORY_ORDERS, ORDERS, type AchievementList, type HistoryList, type ListFilter, type Paging } from '../listing.ts'
import { invalidRequest } from '../errors.ts'
import { readUnsigned32 } from '../integers.ts'
import { readPaging } from './paging.ts'
import { oneOf, Query, readBoolean } from './query.ts'

/** Whose list is asked for, and how. */
export interface ListOf {
  /** The XUID in the path. */
  readonly xuid: string
  readonly generation: Generation
  readonly dialect: Dialect
}

/** A list, and which of its pages a caller asks for. */
export interface ListQuery<L> {
  readonly list: L
  readonly paging: Paging
}

/**
 * The query of `GET …/achievements`. V1 lists what the user has earned, newest first.
 *
 * @throws 400 for a value that is not of its parameter's type, and for a token that was not issued
 *   for the same list.
 */
export function readListQuery (parameters: URLSearchParams, { xuid, generation, dialect }: ListOf): ListQuery<AchievementList> {
  const query = new Query(parameters)
  const isEarned = generation === 'xbox360'
  const filter = readFilter(query, { order: isEarned ? 'UnlockTime' : 'Unordered', unlockedOnly: isEarned, possibleOnly: false })
  const list: AchievementList = { resource: 'achievements', xuid, generation, filter }
  return { list, paging: readPaging(query, list, dialect) }
}

/**
 * The query of `GET …/titleachievements`: the catalogue of the titles that it has to name.
 *
 * @throws 400 as above, and without a title.
 */
export function readCatalogueQuery (parameters: URLSearchParams, { xuid, generation, dialect }: ListOf): ListQuery<AchievementList> {
  const query = new Query(parameters)
  const filter = readFilter(query, { order: 'Unordered', unlockedOnly: false, possibleOnly: true })
  if (filter.titleIds === null) throw invalidRequest('titleId is missing; expected the decimal title id whose achievements to list.')
  const list: AchievementList = { resource: 'titleachievements', xuid, generation, filter }
  return { list, paging: readPaging(query, list, dialect) }
}

/**
 * The query of `GET …/history/titles`. V1 comes with the last played first, V2 by title id.
 *
 * @throws 400 as above.
 */
export function readHistoryQuery (parameters: URLSearchParams, { xuid, generation, dialect }: ListOf): ListQuery<HistoryList> {
  const query = new Query(parameters)
  const order = query.one('orderBy', '"Title", "UnlockTime" or "LastPlayed"', oneOf(HISTORY_ORDERS)) ??
    (generation === 'xbox360' ? 'LastPlayed' : 'Title')
  const list: HistoryList = { resource: 'history', xuid, generation, order }
  return { list, paging: readPaging(query, list, dialect) }
}

/** @param all what holds whatever the query says, and the order where it names none. */
function readFilter (query: Query, all: Pick<ListFilter, 'order' | 'unlockedOnly' | 'possibleOnly'>): ListFilter {
  const titleIds = query.list('titleId', 'comma-delimited decimal title ids from 0 to 4294967295', readUnsigned32)
  const [type = null, another] = new Set(query.list('types', '"Persistent" or "Challenge"', oneOf(ACHIEVEMENT_TYPES)))
  const unlockedOnly = query.one('unlockedOnly', '"true" or "false"', readBoolean) ?? false
  const possibleOnly = (query.one('possibleOnly', '"true" or "false"', readBoolean) ?? false) || all.possibleOnly
  return {
    titleIds: titleIds === undefined ? null : [...new Set(titleIds)].sort((a, b) => a - b),
    type: another === undefined ? type : null,
    unlockedOnly: !possibleOnly && (unlockedOnly || all.unlockedOnly),
    possibleOnly,
    order: query.one('orderBy', '"Unordered", "Title", "UnlockTime" or "EndingSoon"', oneOf(ORDERS)) ?? all.order
  }
}

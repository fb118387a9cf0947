import { readUnsigned32 } from '../../base/integers.ts'
import { wordParser, Query, parseBoolean } from '../../http/query.ts'
import { ACHIEVEMENT_TYPES } from '../../model/achievement.ts'
import type { Dialect } from '../../model/dialect.ts'
import { HISTORY_ORDERS, ACHIEVEMENT_ORDERS, type AchievementList, type HistoryList, type AchievementFilter, type AchievementOrder, type PageRange } from '../../model/list.ts'
import { invalidRequest } from '../../model/refusals.ts'
import type { Generation } from '../../model/title.ts'
import { readPaging, readVersionedPaging, type VersionedPaging } from './paging.ts'

/** The parts of a request, besides its query, that decide what a list contains. */
export interface ListContext {
  /** The XUID in the path. */
  readonly xuid: string
  readonly generation: Generation
  readonly dialect: Dialect
  /** True when the list contains definitions and no progress, whatever the query says. */
  readonly isCatalogue: boolean
}

/** A list, and the requested page of it. */
export interface ListQuery<L> {
  readonly list: L
  readonly paging: PageRange
}

export interface HistoryQuery extends VersionedPaging {
  readonly list: HistoryList
}

/**
 * The query of `GET …/achievements`. V1 lists what the user has earned.
 *
 * @param resource the list's path: continuation tokens are valid for it alone.
 * @throws 400 for a value that is not of its parameter's type, and for a token that was not issued
 *   for the same list.
 */
export function readListQuery (parameters: URLSearchParams, context: ListContext, resource: AchievementList['resource'] = 'achievements'): ListQuery<AchievementList> {
  const query = new Query(parameters)
  const { xuid, generation, dialect } = context
  const list: AchievementList = { resource, xuid, generation, filter: readFilter(query, context) }
  return { list, paging: readPaging(query, list, dialect) }
}

/**
 * The query of `GET …/titleachievements`, which has to name the titles whose catalogue it lists.
 *
 * @throws 400 as {@link readListQuery}, and without a title.
 */
export function readCatalogueQuery (parameters: URLSearchParams, context: Omit<ListContext, 'isCatalogue'>): ListQuery<AchievementList> {
  const query = readListQuery(parameters, { ...context, isCatalogue: true }, 'titleachievements')
  if (query.list.filter.titleIds === null) throw invalidRequest('titleId is missing; expected the decimal title id whose achievements to list.')
  return query
}

/**
 * The query of `GET …/history/titles`. V1 starts with the title that was played last, V2 is ordered by title
 * id. V1 alone has filters by platform and type.
 *
 * @throws 400 as {@link readListQuery}.
 */
export function readHistoryQuery (parameters: URLSearchParams, { xuid, generation, dialect }: Omit<ListContext, 'isCatalogue'>): HistoryQuery {
  const query = new Query(parameters)
  const isV1 = generation === 'xbox360'
  const order = query.one('orderBy', '"Title", "UnlockTime" or "LastPlayed"', wordParser(HISTORY_ORDERS)) ?? (isV1 ? 'LastPlayed' : 'Title')
  const list: HistoryList = {
    resource: 'history',
    xuid,
    generation,
    titleIds: readTitleIds(query),
    platforms: isV1 ? readNumbers(query, 'platforms', 'platforms') : null,
    types: isV1 ? readNumbers(query, 'types', 'title types') : null,
    order
  }
  return { list, ...isV1 && dialect === 'live' ? readVersionedPaging(query) : { paging: readPaging(query, list, dialect), version: null } }
}

const readTitleIds = (query: Query): readonly number[] | null => readNumbers(query, 'titleId', 'title ids')

/** Distinct numbers in ascending order; null when the parameter is absent. */
function readNumbers (query: Query, name: string, plural: string): readonly number[] | null {
  const numbers = query.list(name, `comma-delimited decimal ${plural} from 0 to 4294967295`, readUnsigned32)
  return numbers === undefined ? null : [...new Set(numbers)].sort((a, b) => a - b)
}

function readFilter (query: Query, { generation, dialect, isCatalogue }: ListContext): AchievementFilter {
  const [type = null, another] = new Set(query.list('types', '"Persistent" or "Challenge"', wordParser(ACHIEVEMENT_TYPES)))
  const unlockedOnly = query.one('unlockedOnly', '"true" or "false"', parseBoolean) ?? false
  const possibleOnly = (query.one('possibleOnly', '"true" or "false"', parseBoolean) ?? false) || isCatalogue
  return {
    titleIds: readTitleIds(query),
    type: another === undefined ? type : null,
    unlockedOnly: !possibleOnly && (unlockedOnly || generation === 'xbox360'),
    possibleOnly,
    order: readOrder(query, { generation, dialect, possibleOnly })
  }
}

/** Without `orderBy` a list of the live service is ordered by achievement id [recorded], and V1's list of what was earned by title. */
function readOrder (query: Query, { generation, dialect, possibleOnly }: Pick<ListContext, 'generation' | 'dialect'> & Pick<AchievementFilter, 'possibleOnly'>): AchievementOrder {
  const unordered = dialect === 'live' ? 'Id' : 'Unordered'
  const named = query.one('orderBy', '"Unordered", "Title", "UnlockTime" or "EndingSoon"', wordParser(ACHIEVEMENT_ORDERS))
  if (named !== undefined) return named === 'Unordered' ? unordered : named
  return generation === 'modern' ? unordered : possibleOnly ? 'Id' : 'Earned'
}

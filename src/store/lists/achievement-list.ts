import type { Database } from 'better-sqlite3'
import type { CacheFactory } from '../../base/cache.ts'
import { formatInstant, ZERO_DATE } from '../../base/instant.ts'
import type { AchievementType } from '../../model/achievement.ts'
import type { AchievementList, AchievementFilter, AchievementOrder, PageRange, ListPosition } from '../../model/list.ts'
import { NO_PROGRESS, type Progress } from '../../model/progress.ts'
import type { Generation } from '../../model/title.ts'
import { PROGRESS_COLUMNS, readProgress, type ProgressRow } from '../achievement-row.ts'
import { SECTIONS } from './orders.ts'
import { countItems, createPrepare, readRows, type ListRow, type Parameters, type Prepare } from './queries.ts'
import type { FindUnlockSequences } from './unlock-sequence.ts'

/** A request for one page of a list. */
export interface ListRequest extends Pick<AchievementList, 'generation' | 'filter'>, PageRange {
  /** A row of `person`. */
  readonly person: number
  /** The list has the titles that are published in this sandbox, and the progress that was made in it. */
  readonly sandbox: string
  /** The clock, in ms since 1970. Only the first page in the order `EndingSoon` depends on it. */
  readonly now: number
}

/** An achievement of a list: the row of its definition, and the progress of the person. */
export interface ListItem {
  readonly row: number
  readonly progress: Progress
  /** The sequence number of the unlock, in V1's lists of earned achievements alone. */
  readonly sequence?: number | undefined
}

export interface ListPage {
  readonly items: readonly ListItem[]
  /** The position of the last item; null when nothing follows it. */
  readonly last: ListPosition | null
  /** The number of items of the whole list. */
  readonly totalRecords: number
}

/** An achievement, and its sort key in the order of the list. */
interface KeyedRow {
  readonly row: number
  readonly key: ListPosition['key']
}

const keyedRow = ({ row, sort_key: key }: ListRow): KeyedRow => ({ row, key })

/** What the definitions of a list depend on; they are the same for every user. */
interface SharedList {
  readonly sandbox: string
  readonly generation: Generation
  readonly titleIds: readonly number[] | null
  readonly type: AchievementType | null
}

interface SharedPageRequest extends SharedList {
  readonly order: AchievementOrder
  /**
   * The position after which the page begins. In the order `EndingSoon`, its snapshot is the instant at which the last
   * challenge ended: until the next one ends, all requests have the same page.
   */
  readonly start: ListPosition
  readonly skip: number
  readonly limit: number
}

/** The definitions of a page, which are the same for every user. */
interface SharedPage {
  /** One more than the page has, when another page follows. */
  readonly rows: readonly KeyedRow[]
  /** The smallest and the largest row. */
  readonly first: number
  readonly last: number
  /** The rows as JSON, when the range from first to last has too many other rows; null otherwise. */
  readonly rowsJson: string | null
}

/** How many rows the range of a page may have for each row of the page. */
const LARGEST_RANGE = 4

type AchievementProgressRow = ProgressRow & { readonly achievement: number }

/** How many lengths of lists are cached, and how many rows of pages. */
const CACHED_COUNTS = 1000
const CACHED_ROWS = 50_000

/**
 * Prepares to read lists of achievements, each page in one transaction.
 *
 * The progress of the user decides the order or the items of some lists. All other lists have the same items for
 * every user: those are cached, and the user's progress is read for them.
 */
export function prepareList (database: Database, cache: CacheFactory, findSequences: FindUnlockSequences): (request: ListRequest) => ListPage {
  const prepare = createPrepare(database)
  const countUnlocks = database.prepare<[], number>('SELECT unlocks FROM world').pluck()
  const findProgress = prepareFindProgress(database)
  const findPage = prepareSharedPages(database, prepare, cache)
  const count = cache.definitions({ name: 'counts', size: CACHED_COUNTS }, (list: SharedList) => countItems(prepare, { filter: sharedFilter(list) }, sharedParameters(list)))

  const readShared = (request: ListRequest, start: ListPosition): Array<ListItem & KeyedRow> => {
    const page = findPage({ ...sharedListOf(request), order: request.filter.order, start, skip: request.skip, limit: request.limit })
    const progress = request.filter.possibleOnly ? undefined : findProgress(request, page)
    return page.rows.map(({ row, key }) => ({ row, key, progress: progress?.get(row) ?? NO_PROGRESS }))
  }

  const readPersonal = (request: ListRequest, start: ListPosition): Array<ListItem & KeyedRow> =>
    readRows(prepare, request, { start, parameters: personalParameters(request, start) }).map((row) => ({ ...keyedRow(row), progress: readProgress(row) }))

  const readPage = (request: ListRequest): ListPage => {
    const { filter, limit, generation } = request
    const start = request.after ?? startOf(request, () => countUnlocks.get() as number)
    const isShared = filter.possibleOnly || !(filter.unlockedOnly || filter.order === 'UnlockTime')
    // One more item than the page has, to know whether another page follows.
    const found = (isShared ? readShared : readPersonal)({ ...request, limit: limit + 1 }, start)
    const page = found.slice(0, limit)
    const last = page.at(-1)
    const isEarned = generation === 'xbox360' && filter.unlockedOnly
    const sequences = isEarned ? findSequences(request, page.map(({ row }) => row)) : undefined
    return {
      items: sequences === undefined ? page : page.map((item) => ({ ...item, sequence: sequences.get(item.row) })),
      last: last !== undefined && found.length > limit ? { snapshot: start.snapshot, key: last.key, row: last.row } : null,
      totalRecords: filter.unlockedOnly ? countItems(prepare, { filter }, personalParameters(request, start)) : count(sharedListOf(request))
    }
  }
  const readInTransaction = database.transaction(readPage) as typeof readPage
  return (request) => (database.inTransaction ? readPage : readInTransaction)(request)
}

/** Prepares to read the definitions of pages, and caches them. */
function prepareSharedPages (database: Database, prepare: Prepare, cache: CacheFactory): (request: SharedPageRequest) => SharedPage {
  const findLastEnd = database.prepare<{ now: string }, string | null>('SELECT max(ends_at) FROM achievement WHERE ends_at <= +:now').pluck()
  const find = cache.definitions({ name: 'pages', size: CACHED_ROWS, weigh: ({ rows }: SharedPage) => rows.length + 1 }, (request: SharedPageRequest) => {
    const { order, start, skip, limit } = request
    const filter = { ...sharedFilter(request), order }
    return sharedPageOf(readRows(prepare, { filter, skip, limit }, { start, parameters: { ...sharedParameters(request), snapshot: start.snapshot } }))
  })
  return (request) => {
    const { order, start } = request
    const snapshot = order === 'EndingSoon' ? findLastEnd.get({ now: start.snapshot as string }) ?? ZERO_DATE : 0
    return find({ ...request, start: { ...start, snapshot } })
  }
}

/** Prepares to read a person's progress in a sandbox on the achievements of a page, by row. */
function prepareFindProgress (database: Database): (request: Pick<ListRequest, 'person' | 'sandbox'>, page: SharedPage) => Map<number, Progress> {
  const findBetween = database.prepare<{ person: number, sandbox: string, first: number, last: number }, AchievementProgressRow>(`
    SELECT achievement, ${PROGRESS_COLUMNS} FROM progress p WHERE person = +:person AND sandbox = +:sandbox AND achievement BETWEEN +:first AND +:last`)
  const findAmong = database.prepare<{ person: number, sandbox: string, rowsJson: string }, AchievementProgressRow>(`
    SELECT achievement, ${PROGRESS_COLUMNS} FROM progress p WHERE person = +:person AND sandbox = +:sandbox AND achievement IN (SELECT value FROM json_each(:rowsJson))`)
  return ({ person, sandbox }, { first, last, rowsJson }) => {
    const found = rowsJson === null ? findBetween.all({ person, sandbox, first, last }) : findAmong.all({ person, sandbox, rowsJson })
    return new Map(found.map((row) => [row.achievement, readProgress(row)]))
  }
}

function sharedPageOf (found: readonly ListRow[]): SharedPage {
  const rows = found.map(keyedRow)
  const numbers = rows.map(({ row }) => row)
  const first = Math.min(...numbers)
  const last = Math.max(...numbers)
  return { rows, first, last, rowsJson: last - first < LARGEST_RANGE * rows.length ? null : JSON.stringify(numbers) }
}

const sharedListOf = ({ sandbox, generation, filter: { titleIds, type } }: ListRequest): SharedList => ({ sandbox, generation, titleIds, type })

const sharedFilter = ({ titleIds, type }: SharedList): AchievementFilter => ({ titleIds, type, unlockedOnly: false, possibleOnly: true, order: 'Unordered' })

/** Without a person, so that no progress is joined. */
const sharedParameters = ({ sandbox, generation, titleIds, type }: SharedList): Parameters =>
  ({ person: null, sandbox, generation, titleIds: JSON.stringify(titleIds), type })

const personalParameters = (request: ListRequest, { snapshot }: ListPosition): Parameters =>
  ({ ...sharedParameters(sharedListOf(request)), person: request.person, snapshot })

/** The position before the first item of a list, for its first page. */
export function startOf ({ filter: { order }, now }: Pick<ListRequest, 'filter' | 'now'>, countUnlocks: () => number): ListPosition {
  const snapshot = order === 'EndingSoon' ? formatInstant(now) : order === 'UnlockTime' || order === 'Earned' ? countUnlocks() : 0
  return { snapshot, key: SECTIONS[order][0]?.start ?? null, row: 0 }
}

import type { Database } from 'better-sqlite3'
import type { AchievementType } from '../../model/achievement.ts'
import { UNTOUCHED, type Progress } from '../../model/progress.ts'
import type { Generation } from '../../model/title.ts'
import { formatInstant, ZERO_DATE } from '../../base/instant.ts'
import type { AchievementList, ListFilter, Order, Paging, Position } from '../../model/list.ts'
import { PROGRESS_COLUMNS, readProgress, type ProgressRow } from '../achievement-row.ts'
import type { Keep } from '../../base/cache.ts'
import { SECTIONS } from './orders.ts'
import { countItems, prepareOnce, readRows, type KeyedRow, type Parameters, type Statements } from './rows.ts'
import type { FindPlaces } from '../places.ts'

/** A page of a list as a caller asks for it. */
export interface ListRequest extends Pick<AchievementList, 'generation' | 'filter'>, Paging {
  /** A row of `person`. */
  readonly person: number
  /** Of the titles published in this sandbox, and of what was done in it. */
  readonly sandbox: string
  /** The clock, in ms since 1970. The first page of the order `EndingSoon` alone goes by it. */
  readonly now: number
}

/** An achievement of a list: the store's key of its definition, and what the person has done. */
export interface Item {
  readonly row: number
  readonly progress: Progress
  /** Given where V1 lists what was earned: see FindPlaces. */
  readonly place?: number | undefined
}

export interface Page {
  readonly items: readonly Item[]
  /** The position of the last item; null when nothing follows it. */
  readonly last: Position | null
  /** How many items the whole list has. */
  readonly totalRecords: number
}

/** An item, and its sort key. */
interface KeyedItem extends Item {
  readonly key: Position['key']
}

const keyed = ({ row, sort_key: key }: KeyedRow): Pick<KeyedItem, 'row' | 'key'> => ({ row, key })

/** What every user is shown of a list. */
interface CommonList {
  readonly sandbox: string
  readonly generation: Generation
  readonly titleIds: readonly number[] | null
  readonly type: AchievementType | null
}

/** A page of it that is the same for every user. */
interface CommonPageRequest extends CommonList {
  readonly order: Order
  /** `after` with its snapshot: of challenges, the last one that had ended tells as well as the time which of them had. */
  readonly start: Position
  readonly skip: number
  readonly limit: number
}

/** A page as it is for every user. */
interface CommonPage {
  /** The last one may be the first of the next page. */
  readonly rows: ReadonlyArray<Pick<KeyedItem, 'row' | 'key'>>
  /** The smallest and the largest of the rows. */
  readonly first: number
  readonly last: number
  /** The rows as JSON, where so few of those between the first and the last are on the page that they are better named; null otherwise. */
  readonly scattered: string | null
}

/** How many rows may lie between the first and the last of a page for each that is on it. */
const DENSE = 4

type ProgressOn = ProgressRow & { readonly achievement: number }

/** How many lengths of lists are kept, and how many rows of pages. */
const KEPT_COUNTS = 1000
const KEPT_ROWS = 50_000

/**
 * Lists of achievements, each page read at one moment.
 *
 * What is unlocked decides what comes first, or whether it is listed, in some lists alone. In all
 * others every user is shown the same, and what remains to be read is the user's progress on it.
 */
export function prepareList (database: Database, keep: Keep, findPlaces: FindPlaces): (request: ListRequest) => Page {
  const statement = prepareOnce(database)
  const countUnlocks = database.prepare<[], number>('SELECT unlocks FROM world').pluck()
  const findProgress = prepareProgressOn(database)
  const findPage = prepareCommonPages(database, statement, keep)
  const count = keep.definitions({ name: 'counts', size: KEPT_COUNTS }, (list: CommonList) => countItems(statement, everything(list), parametersOf(list)))

  const readCommon = (request: ListRequest, start: Position): KeyedItem[] => {
    const page = findPage({ ...commonOf(request), order: request.filter.order, start, skip: request.skip, limit: request.limit })
    const begun = request.filter.possibleOnly ? undefined : findProgress(request, page)
    return page.rows.map(({ row, key }) => ({ row, key, progress: begun?.get(row) ?? UNTOUCHED }))
  }

  const readOwn = (request: ListRequest, start: Position): KeyedItem[] =>
    readRows(statement, request, { start, parameters: ownParameters(request, start) }).map((row) => ({ ...keyed(row), progress: readProgress(row) }))

  const readPage = (request: ListRequest): Page => {
    const { filter, limit, generation } = request
    const start = request.after ?? startOf(request, () => countUnlocks.get() as number)
    const isCommon = filter.possibleOnly || !(filter.unlockedOnly || filter.order === 'UnlockTime')
    // One more than is asked for says whether anything follows.
    const found = (isCommon ? readCommon : readOwn)({ ...request, limit: limit + 1 }, start)
    const page = found.slice(0, limit)
    const last = page.at(-1)
    const isEarned = generation === 'xbox360' && filter.unlockedOnly
    const places = isEarned ? findPlaces(request, page.map(({ row }) => row)) : undefined
    return {
      items: places === undefined ? page : page.map((item) => ({ ...item, place: places.get(item.row) })),
      last: last !== undefined && found.length > limit ? { snapshot: start.snapshot, key: last.key, row: last.row } : null,
      totalRecords: filter.unlockedOnly ? countItems(statement, filter, ownParameters(request, start)) : count(commonOf(request))
    }
  }
  const readAtOnce = database.transaction(readPage) as typeof readPage
  return (request) => (database.inTransaction ? readPage : readAtOnce)(request)
}

/** Prepares to read pages that are the same for every user, and keeps them. */
function prepareCommonPages (database: Database, statement: Statements, keep: Keep): (request: CommonPageRequest) => CommonPage {
  const findLastEnd = database.prepare<{ now: string }, string | null>('SELECT max(ends_at) FROM achievement WHERE ends_at <= +:now').pluck()
  const find = keep.definitions({ name: 'pages', size: KEPT_ROWS, weigh: ({ rows }: CommonPage) => rows.length + 1 }, (request: CommonPageRequest) => {
    const { order, start, skip, limit } = request
    const filter = { ...everything(request), order }
    return describePage(readRows(statement, { filter, skip, limit }, { start, parameters: { ...parametersOf(request), snapshot: start.snapshot } }))
  })
  return (request) => {
    const { order, start } = request
    const snapshot = order === 'EndingSoon' ? findLastEnd.get({ now: start.snapshot as string }) ?? ZERO_DATE : 0
    return find({ ...request, start: { ...start, snapshot } })
  }
}

/** Prepares to read what a person has done in a sandbox of what is on a page, by row. */
function prepareProgressOn (database: Database): (whose: Pick<ListRequest, 'person' | 'sandbox'>, page: CommonPage) => Map<number, Progress> {
  const findBetween = database.prepare<{ person: number, sandbox: string, first: number, last: number }, ProgressOn>(`
    SELECT achievement, ${PROGRESS_COLUMNS} FROM progress p WHERE person = +:person AND sandbox = +:sandbox AND achievement BETWEEN +:first AND +:last`)
  const findAmong = database.prepare<{ person: number, sandbox: string, scattered: string }, ProgressOn>(`
    SELECT achievement, ${PROGRESS_COLUMNS} FROM progress p WHERE person = +:person AND sandbox = +:sandbox AND achievement IN (SELECT value FROM json_each(:scattered))`)
  return ({ person, sandbox }, { first, last, scattered }) => {
    const found = scattered === null ? findBetween.all({ person, sandbox, first, last }) : findAmong.all({ person, sandbox, scattered })
    return new Map(found.map((row) => [row.achievement, readProgress(row)]))
  }
}

function describePage (found: readonly KeyedRow[]): CommonPage {
  const rows = found.map(keyed)
  const numbers = rows.map(({ row }) => row)
  const first = Math.min(...numbers)
  const last = Math.max(...numbers)
  return { rows, first, last, scattered: last - first < DENSE * rows.length ? null : JSON.stringify(numbers) }
}

const commonOf = ({ sandbox, generation, filter: { titleIds, type } }: ListRequest): CommonList => ({ sandbox, generation, titleIds, type })

/** The filter of a list that is the same for every user. */
const everything = ({ titleIds, type }: CommonList): ListFilter => ({ titleIds, type, unlockedOnly: false, possibleOnly: true, order: 'Unordered' })

/** Of nobody: no progress is joined, and everything is as if it were untouched. */
const parametersOf = ({ sandbox, generation, titleIds, type }: CommonList): Parameters =>
  ({ person: null, sandbox, generation, titleIds: JSON.stringify(titleIds), type })

const ownParameters = (request: ListRequest, { snapshot }: Position): Parameters =>
  ({ ...parametersOf(commonOf(request)), person: request.person, snapshot })

/** The position before the first item, of a list that is read from now on. */
function startOf ({ filter: { order }, now }: ListRequest, countUnlocks: () => number): Position {
  const snapshot = order === 'EndingSoon' ? formatInstant(now) : order === 'UnlockTime' || order === 'Earned' ? countUnlocks() : 0
  return { snapshot, key: SECTIONS[order][0]?.start ?? null, row: 0 }
}

import type { Database } from 'better-sqlite3'
import { UNTOUCHED, type Generation, type Person, type Progress } from '../domain.ts'
import { formatInstant } from '../instant.ts'
import type { ListFilter, Position } from '../listing.ts'
import { PROGRESS_COLUMNS, readProgress, type ProgressRow } from './achievement-row.ts'
import type { Cache } from './cache.ts'
import { SECTIONS } from './list-orders.ts'
import { countItems, prepareOnce, readRows, type KeyedRow, type Parameters } from './list-rows.ts'

/** A list as a caller asks for it. */
export interface ListRequest {
  readonly person: Person
  /** Of the titles published in this sandbox. */
  readonly sandbox: string
  readonly generation: Generation
  readonly filter: ListFilter
  /** Null: from the start. */
  readonly after: Position | null
  /** How many items to leave out after that. */
  readonly skip: number
  /** How many items to read at most; at least 1. */
  readonly limit: number
  /** The clock, in ms since 1970. */
  readonly now: number
}

/** An achievement of a list: the store's key of its definition, and what the person has done. */
export interface Item {
  readonly row: number
  readonly progress: Progress
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

/** What lists have in common that every user is shown: kept as long as no other world is seeded. */
export interface KeptLists {
  /** How long they are. */
  readonly counts: Cache<number>
  /** What is on their pages, in order. */
  readonly pages: Cache<CommonPage>
}

/** A page as it is for every user. */
export interface CommonPage {
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

/** Lists of more titles are not kept: there is no end of them. */
const FEW_TITLES = 16

/**
 * Lists of achievements, each page read at one moment.
 *
 * What is unlocked decides what comes first, or whether it is listed, in some lists alone. In all
 * others every user is shown the same, and what remains to be read is the user's progress on it.
 */
export function prepareList (database: Database, kept: KeptLists): (request: ListRequest) => Page {
  const statement = prepareOnce(database)
  const countUnlocks = database.prepare<[], number>('SELECT unlocks FROM world').pluck()
  const findLastEnd = database.prepare<{ now: string }, string | null>('SELECT max(ends_at) FROM achievement WHERE ends_at <= +:now').pluck()
  const findBetween = database.prepare<{ person: number, first: number, last: number }, ProgressOn>(`
    SELECT achievement, ${PROGRESS_COLUMNS} FROM progress p WHERE person = +:person AND achievement BETWEEN +:first AND +:last`)
  const findAmong = database.prepare<{ person: number, scattered: string }, ProgressOn>(`
    SELECT achievement, ${PROGRESS_COLUMNS} FROM progress p WHERE person = +:person AND achievement IN (SELECT value FROM json_each(:scattered))`)

  const readCommon = (request: ListRequest, start: Position, parameters: Parameters): KeyedItem[] => {
    const { filter: { titleIds, type, order }, skip, limit, generation, sandbox } = request
    const make = (): CommonPage => describePage(readRows(statement, request, { start, parameters: { ...parameters, person: null } }))
    // Of challenges, the last one that has ended tells as well as the time which of them have.
    const time = order === 'EndingSoon' ? findLastEnd.get({ now: start.snapshot as string }) : null
    const name = JSON.stringify([sandbox, generation, titleIds, type, order, time, start.key, start.row, skip, limit])
    const { rows, first, last, scattered } = (titleIds?.length ?? 0) > FEW_TITLES ? make() : kept.pages(name, make)
    if (parameters['person'] === null) return rows.map(({ row, key }) => ({ row, key, progress: UNTOUCHED }))
    const person = request.person.row
    const found = scattered === null ? findBetween.all({ person, first, last }) : findAmong.all({ person, scattered })
    const begun = new Map(found.map((row) => [row.achievement, readProgress(row)]))
    return rows.map(({ row, key }) => ({ row, key, progress: begun.get(row) ?? UNTOUCHED }))
  }

  const readOwn = (request: ListRequest, start: Position, parameters: Parameters): KeyedItem[] =>
    readRows(statement, request, { start, parameters }).map((row) => ({ ...keyed(row), progress: readProgress(row) }))

  return database.transaction((request: ListRequest): Page => {
    const { filter, limit } = request
    const start = request.after ?? startOf(request, () => countUnlocks.get() as number)
    const parameters = parametersOf(request, start)
    const isCommon = filter.possibleOnly || !(filter.unlockedOnly || filter.order === 'UnlockTime')
    // One more than is asked for says whether anything follows.
    const found = (isCommon ? readCommon : readOwn)({ ...request, limit: limit + 1 }, start, parameters)
    const items = found.slice(0, limit)
    const last = items.at(-1)
    return {
      items,
      last: last !== undefined && found.length > limit ? { snapshot: start.snapshot, key: last.key, row: last.row } : null,
      totalRecords: isCommon || !filter.unlockedOnly ? kept.counts(countName(parameters), () => countItems(statement, filter, parameters)) : countItems(statement, filter, parameters)
    }
  }) as (request: ListRequest) => Page
}

function describePage (found: readonly KeyedRow[]): CommonPage {
  const rows = found.map(keyed)
  const numbers = rows.map(({ row }) => row)
  const first = Math.min(...numbers)
  const last = Math.max(...numbers)
  return { rows, first, last, scattered: last - first < DENSE * rows.length ? null : JSON.stringify(numbers) }
}

function parametersOf ({ filter, person, sandbox, generation }: ListRequest, { snapshot }: Position): Parameters {
  return {
    // Of nobody: no progress is joined, and everything is as if it were untouched.
    person: filter.possibleOnly ? null : person.row,
    sandbox,
    generation,
    titleIds: JSON.stringify(filter.titleIds),
    type: filter.type,
    snapshot
  }
}

const countName = ({ sandbox, generation, titleIds, type }: Parameters): string => JSON.stringify([sandbox, generation, titleIds, type])

/** The position before the first item, of a list that is read from now on. */
function startOf ({ filter: { order }, now }: ListRequest, countUnlocks: () => number): Position {
  const snapshot = { Unordered: () => 0, Title: () => 0, UnlockTime: countUnlocks, EndingSoon: () => formatInstant(now) }[order]()
  return { snapshot, key: SECTIONS[order][0]?.start ?? null, row: 0 }
}

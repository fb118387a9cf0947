import type { Database, Statement } from 'better-sqlite3'
import type { Generation, Person, Progress } from '../domain.ts'
import type { ListFilter, Position } from '../listing.ts'
import { PROGRESS_COLUMNS, readProgress, type ProgressRow } from './achievement-row.ts'
import type { Cache } from './cache.ts'
import { SECTIONS, type Section } from './list-orders.ts'

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
  /** The clock's instant. */
  readonly now: string
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

type Parameters = Readonly<Record<string, string | number | null>>

// +: whatever a parameter could tell the query planner (LIMIT, too) is asked of it again for every
// execution, at the price of compiling the statement anew; of an expression it asks nothing.
const VISIBLE = `a.title_id IN (SELECT title_id FROM title JOIN publication USING (title_id)
  WHERE generation = +:generation AND sandbox = +:sandbox)`
const OF_TITLES = `a.service_configuration IN (SELECT service_configuration FROM title JOIN publication USING (title_id)
  WHERE sandbox = +:sandbox AND title_id IN (SELECT value FROM json_each(:titleIds)))`

/** A statement for a text, prepared once. */
type Statements = <Row>(sql: string) => Statement<[Parameters], Row>

function prepareOnce (database: Database): Statements {
  const prepared = new Map<string, Statement<[Parameters]>>()
  return <Row>(sql: string): Statement<[Parameters], Row> => {
    const known = prepared.get(sql) ?? database.prepare(sql)
    prepared.set(sql, known)
    return known as Statement<[Parameters], Row>
  }
}

/**
 * Lists of achievements, each page read at one moment.
 *
 * @param counts keeps how long lists are that are as long for every user.
 */
export function prepareList (database: Database, counts: Cache<number>): (request: ListRequest) => Page {
  const statement = prepareOnce(database)
  const countUnlocks = database.prepare<[], number>('SELECT unlocks FROM world').pluck()

  return database.transaction((request: ListRequest): Page => {
    const { filter, limit } = request
    const start = request.after ?? startOf(request, () => countUnlocks.get() as number)
    const parameters = {
      // Of nobody: no progress is joined, and everything is as if it were untouched.
      person: filter.possibleOnly ? null : request.person.row,
      sandbox: request.sandbox,
      generation: request.generation,
      titleIds: JSON.stringify(filter.titleIds),
      type: filter.type,
      snapshot: start.snapshot
    }
    // One more than is asked for says whether anything follows.
    const rows = readRows(statement, { ...request, limit: limit + 1 }, { start, parameters })
    const page = rows.slice(0, limit)
    const last = page.at(-1)
    return {
      items: page.map((row) => ({ row: row.row, progress: readProgress(row) })),
      last: last !== undefined && rows.length > limit ? { snapshot: start.snapshot, key: last.sort_key, row: last.row } : null,
      totalRecords: countAll(statement, { filter, parameters, counts })
    }
  }) as (request: ListRequest) => Page
}

/** The position before the first item, of a list that is read from now on. */
function startOf ({ filter: { order }, now }: ListRequest, countUnlocks: () => number): Position {
  const snapshot = { Unordered: () => 0, Title: () => 0, UnlockTime: countUnlocks, EndingSoon: () => now }[order]()
  return { snapshot, key: SECTIONS[order][0]?.start ?? null, row: 0 }
}

/** Reads from the sections that come after a position, until there is enough. */
function readRows (
  statement: Statements, { filter, skip, limit }: ListRequest, { start, parameters }: { start: Position, parameters: Parameters }
): KeyedRow[] {
  const conditions = conditionsOf(filter, true)
  const rows: KeyedRow[] = []
  let position = start
  let toSkip = skip
  for (const section of sectionsFrom(filter, start)) {
    const here = [...conditions, section.after, ...section.where === undefined ? [] : [section.where]]
    const bound = { ...parameters, key: position.key, row: position.row }
    const found = statement<KeyedRow>(pageSql(section, here)).all({ ...bound, limit: limit - rows.length, skip: toSkip })
    rows.push(...found)
    if (rows.length === limit) break
    if (toSkip > 0) toSkip = found.length > 0 ? 0 : toSkip - count(statement, [section.from, here], bound)
    position = { snapshot: start.snapshot, key: null, row: 0 }
  }
  return rows
}

/** How many items a whole list has; every user's are the same, but where what is unlocked decides. */
function countAll (statement: Statements, { filter, parameters, counts }: { filter: ListFilter, parameters: Parameters, counts: Cache<number> }): number {
  const make = (): number => count(statement, [ALL_ITEMS.from, conditionsOf(filter, false)], parameters)
  if (filter.unlockedOnly && !filter.possibleOnly) return make()
  const { sandbox, generation, titleIds, type } = parameters
  return counts(JSON.stringify([sandbox, generation, titleIds, type]), make)
}

function count (statement: Statements, [from, conditions]: readonly [string, readonly string[]], parameters: Parameters): number {
  return statement<{ n: number }>(`SELECT count(*) AS n FROM ${from} WHERE ${conditions.join(' AND ')}`).get(parameters)?.n as number
}

interface KeyedRow extends ProgressRow {
  readonly row: number
  readonly sort_key: Position['key']
}

const [ALL_ITEMS] = SECTIONS.Unordered as [Section]

function conditionsOf ({ titleIds, type, unlockedOnly, possibleOnly }: ListFilter, inOrder: boolean): string[] {
  return [
    // +: not along the index of titles, which would lose the order, or read every title for the sake of one.
    inOrder || titleIds !== null ? `+${VISIBLE}` : VISIBLE,
    ...titleIds === null ? [] : [OF_TITLES],
    ...type === null ? [] : ['a.achievement_type = +:type'],
    ...unlockedOnly && !possibleOnly ? ['p.time_unlocked IS NOT NULL'] : []
  ]
}

/** Items without a sort key are in the last section. */
function sectionsFrom ({ order }: ListFilter, { key }: Position): readonly Section[] {
  return key === null ? SECTIONS[order].slice(-1) : SECTIONS[order]
}

function pageSql ({ from, key, orderBy }: Section, conditions: readonly string[]): string {
  return `SELECT ${key} AS sort_key, a.row, ${PROGRESS_COLUMNS} FROM ${from}
    WHERE ${conditions.join(' AND ')} ORDER BY ${orderBy} LIMIT +:limit OFFSET +:skip`
}

import type { Database, Statement } from 'better-sqlite3'
import type { AchievementFilter, ListPosition } from '../../model/list.ts'
import { PROGRESS_COLUMNS, type ProgressRow } from '../achievement-row.ts'
import { SECTIONS, type Section } from './orders.ts'

/** The values of a statement's parameters. */
export type Parameters = Readonly<Record<string, string | number | null>>

// A unary plus hides a parameter (of LIMIT, too) from the query planner. SQLite compiles a statement anew when a
// parameter that its plan depends on has another value; a plan depends on no parameter within an expression.

/** SQL: whether an achievement `a` is listed: its title is of the generation, and published in the sandbox. */
export const IS_LISTED = `a.title_id IN (SELECT title_id FROM title JOIN publication USING (title_id)
  WHERE generation = +:generation AND sandbox = +:sandbox)`
/** The same of one achievement after the other: with few of them, and many titles, that takes less. @param generation SQL. */
export const isListedSingly = (generation = '+:generation'): string => `EXISTS (SELECT 1 FROM title of_it JOIN publication there
  ON there.title_id = of_it.title_id AND there.sandbox = +:sandbox WHERE of_it.title_id = a.title_id AND of_it.generation = ${generation})`
const IS_OF_TITLES = `a.service_configuration IN (SELECT service_configuration FROM title JOIN publication USING (title_id)
  WHERE sandbox = +:sandbox AND title_id IN (SELECT value FROM json_each(:titleIds)))`

/** Prepares a statement, or returns the one that was prepared for the same SQL. */
export type Prepare = <Row>(sql: string) => Statement<[Parameters], Row>

export function createPrepare (database: Database): Prepare {
  const prepared = new Map<string, Statement<[Parameters]>>()
  return <Row>(sql: string): Statement<[Parameters], Row> => {
    const statement = prepared.get(sql) ?? database.prepare(sql)
    prepared.set(sql, statement)
    return statement as Statement<[Parameters], Row>
  }
}

/** An achievement of a list, with its sort key and the progress on it. */
export interface ListRow extends ProgressRow {
  readonly row: number
  readonly sort_key: ListPosition['key']
}

/** Which part of a list is read. */
export interface Slice {
  readonly filter: AchievementFilter
  /** SQL: what an achievement `a` with progress `p` has to be, besides. */
  readonly conditions?: readonly string[]
  readonly skip: number
  readonly limit: number
}

/** Reads the rows after a position, section by section, until there are enough. */
export function readRows (
  prepare: Prepare, { filter, conditions: others = [], skip, limit }: Slice, { start, parameters }: { start: ListPosition, parameters: Parameters }
): ListRow[] {
  const filterConditions = conditionsOf(filter, true)
  const rows: ListRow[] = []
  let position = start
  let toSkip = skip
  for (const section of sectionsFrom(filter, start)) {
    const conditions = [...filterConditions, ...others, section.after, ...section.where === undefined ? [] : [section.where]]
    const bound = { ...parameters, key: position.key, row: position.row }
    const found = prepare<ListRow>(pageSql(section, conditions)).all({ ...bound, limit: limit - rows.length, skip: toSkip })
    rows.push(...found)
    if (rows.length === limit) break
    if (toSkip > 0) toSkip = found.length > 0 ? 0 : toSkip - countRows(prepare, [section.from, conditions], bound)
    position = { snapshot: start.snapshot, key: null, row: 0 }
  }
  return rows
}

/** The number of items of a whole list. @param others as those of {@link Slice}. */
export const countItems = (prepare: Prepare, { filter, conditions: others = [] }: Pick<Slice, 'filter' | 'conditions'>, parameters: Parameters): number =>
  countRows(prepare, [WHOLE_LIST.from, [...conditionsOf(filter, false), ...others]], parameters)

function countRows (prepare: Prepare, [from, conditions]: readonly [string, readonly string[]], parameters: Parameters): number {
  return prepare<{ n: number }>(`SELECT count(*) AS n FROM ${from} WHERE ${conditions.join(' AND ')}`).get(parameters)?.n as number
}

const [WHOLE_LIST] = SECTIONS.Unordered as [Section]

function conditionsOf ({ titleIds, type, unlockedOnly }: AchievementFilter, inOrder: boolean): string[] {
  return [
    // The plus keeps the planner from the index of titles: the rows of a page would then have to be sorted, and for
    // a list of one title, every title would be read.
    inOrder || titleIds !== null ? `+${IS_LISTED}` : IS_LISTED,
    ...titleIds === null ? [] : [IS_OF_TITLES],
    ...type === null ? [] : ['a.achievement_type = +:type'],
    ...unlockedOnly ? ['p.time_unlocked IS NOT NULL'] : []
  ]
}

/** The sections to read from a position on. Items without a sort key are in the last section. */
function sectionsFrom ({ order }: AchievementFilter, { key }: ListPosition): readonly Section[] {
  return key === null ? SECTIONS[order].slice(-1) : SECTIONS[order]
}

function pageSql ({ from, key, orderBy }: Section, conditions: readonly string[]): string {
  return `SELECT ${key} AS sort_key, a.row, ${PROGRESS_COLUMNS} FROM ${from}
    WHERE ${conditions.join(' AND ')} ORDER BY ${orderBy} LIMIT +:limit OFFSET +:skip`
}

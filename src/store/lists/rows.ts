import type { Database, Statement } from 'better-sqlite3'
import type { ListFilter, Position } from '../../model/list.ts'
import { PROGRESS_COLUMNS, type ProgressRow } from '../achievement-row.ts'
import { SECTIONS, type Section } from './orders.ts'

/** The SQL of lists: which achievements, in which order, from where on. */

/** What a list's statements are bound to. */
export type Parameters = Readonly<Record<string, string | number | null>>

// +: whatever a parameter could tell the query planner (LIMIT, too) is asked of it again for every
// execution, at the price of compiling the statement anew; of an expression it asks nothing.
const VISIBLE = `a.title_id IN (SELECT title_id FROM title JOIN publication USING (title_id)
  WHERE generation = +:generation AND sandbox = +:sandbox)`
const OF_TITLES = `a.service_configuration IN (SELECT service_configuration FROM title JOIN publication USING (title_id)
  WHERE sandbox = +:sandbox AND title_id IN (SELECT value FROM json_each(:titleIds)))`

/** A statement for a text, prepared once. */
export type Statements = <Row>(sql: string) => Statement<[Parameters], Row>

export function prepareOnce (database: Database): Statements {
  const prepared = new Map<string, Statement<[Parameters]>>()
  return <Row>(sql: string): Statement<[Parameters], Row> => {
    const known = prepared.get(sql) ?? database.prepare(sql)
    prepared.set(sql, known)
    return known as Statement<[Parameters], Row>
  }
}

/** Which part of a list is read. */
export interface Wanted {
  readonly filter: ListFilter
  readonly skip: number
  readonly limit: number
}

/** Reads from the sections that come after a position, until there is enough. */
export function readRows (
  statement: Statements, { filter, skip, limit }: Wanted, { start, parameters }: { start: Position, parameters: Parameters }
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

/** How many items a whole list has. */
export const countItems = (statement: Statements, filter: ListFilter, parameters: Parameters): number =>
  count(statement, [ALL_ITEMS.from, conditionsOf(filter, false)], parameters)

function count (statement: Statements, [from, conditions]: readonly [string, readonly string[]], parameters: Parameters): number {
  return statement<{ n: number }>(`SELECT count(*) AS n FROM ${from} WHERE ${conditions.join(' AND ')}`).get(parameters)?.n as number
}

/** An item, with its place in the order. */
export interface KeyedRow extends ProgressRow {
  readonly row: number
  readonly sort_key: Position['key']
}

const [ALL_ITEMS] = SECTIONS.Unordered as [Section]

function conditionsOf ({ titleIds, type, unlockedOnly }: ListFilter, inOrder: boolean): string[] {
  return [
    // +: not along the index of titles, which would lose the order, or read every title for the sake of one.
    inOrder || titleIds !== null ? `+${VISIBLE}` : VISIBLE,
    ...titleIds === null ? [] : [OF_TITLES],
    ...type === null ? [] : ['a.achievement_type = +:type'],
    ...unlockedOnly ? ['p.time_unlocked IS NOT NULL'] : []
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

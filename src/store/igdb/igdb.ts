import type { Database } from 'better-sqlite3'
import type { IgdbRecord, RecordFilter, RecordList, RecordPosition } from '../../model/igdb-record.ts'
import { afterPosition, columnsOf, joinPlayers, orderBy, sortKey, whereOf } from './conditions.ts'

/** A page of a list of records. */
export interface RecordPage extends RecordList {
  /** The position after which the page begins; null for the first page. */
  readonly after: RecordPosition | null
  readonly skip: number
}

export interface RecordPageResult {
  readonly records: readonly IgdbRecord[]
  /** The position of the last record; null when nothing follows it. */
  readonly last: RecordPosition | null
  /** The number of records of the whole list. */
  readonly total: number
}

const ALL_CONFIGURATIONS = 'SELECT row FROM service_configuration'
const CONFIGURATIONS_OF_IDS = 'SELECT service_configuration FROM json_each(:ids) JOIN igdb_record i ON i.id = value JOIN achievement a ON a.row = i.achievement'

/** Prepares to read the records of the IGDB host. What depends on progress is counted when a record is read. */
export function prepareIgdb (database: Database) {
  const findKey = database.prepare<[string], number>('SELECT 1 FROM user_key WHERE user_key = ?').pluck()
  const firstKey = database.prepare<[], string>('SELECT user_key FROM user_key ORDER BY row LIMIT 1').pluck()
  const countUnlocks = database.prepare<[], number>('SELECT unlocks FROM world').pluck()
  return {
    /** True when the world has the user key. */
    hasKey: (key: string): boolean => findKey.get(key) !== undefined,

    /** The user key that the world names first; undefined when it has none. */
    findExampleKey: (): string | undefined => firstKey.get(),

    count: (filter: RecordFilter): number => countFiltered(database, filter),

    /** Reads one page of a list, in one transaction. */
    list: database.transaction((page: RecordPage): RecordPageResult => {
      const found = findPositions(database, page, page.after?.snapshot ?? countUnlocks.get() as number)
      const ids = found.slice(0, page.limit).map(({ id }) => id)
      return {
        records: readRecordFields(database, ids, page.fields),
        last: found.length > page.limit ? found[page.limit - 1] as RecordPosition : null,
        total: countFiltered(database, page)
      }
    }) as (page: RecordPage) => RecordPageResult
  }
}

function countFiltered (database: Database, filter: RecordFilter): number {
  const where = whereOf(filter)
  const players = joinPlayers(filter.conditions.map(({ field }) => field), ALL_CONFIGURATIONS)
  return database.prepare<unknown[], number>(`${players.with}
    SELECT count(*) FROM igdb_record r ${players.join} WHERE ${where.sql}`).pluck().get(...where.values) as number
}

/** The positions of the records of a page, in order, and of the record after the page, if there is one. */
function findPositions (database: Database, page: RecordPage, snapshot: number): RecordPosition[] {
  const { order, after, limit, skip, conditions } = page
  const key = sortKey(order, snapshot)
  const where = whereOf(page)
  const condition = after === null ? { sql: 'TRUE', values: [] } : afterPosition(order, after)
  const players = joinPlayers([order.field, ...conditions.map(({ field }) => field)], ALL_CONFIGURATIONS)
  return database.prepare<unknown[], { id: number, key: RecordPosition['key'] }>(`${players.with}
    SELECT id, key FROM (SELECT r.id, ${key.sql} AS key FROM igdb_record r ${players.join} WHERE ${where.sql})
    WHERE ${condition.sql} ORDER BY ${orderBy(order)} LIMIT ? OFFSET ?`)
    .all(...key.values, ...where.values, ...condition.values, limit + 1, skip).map((found) => ({ snapshot, ...found }))
}

function readRecordFields (database: Database, ids: readonly number[], fields: RecordList['fields']): IgdbRecord[] {
  const players = joinPlayers(fields, CONFIGURATIONS_OF_IDS)
  return database.prepare<[object], IgdbRecord>(`${players.with}
    SELECT ${columnsOf(fields)} FROM json_each(:ids) j CROSS JOIN igdb_record r ON r.id = j.value ${players.join}
    ORDER BY j.key`).all({ ids: JSON.stringify(ids) }).map(readRecord)
}

/** Fields whose column holds JSON. */
const JSON_FIELDS: ReadonlySet<string> = new Set(['icon', 'tags'])

/** A record has only the fields that have a value. */
function readRecord (row: IgdbRecord): IgdbRecord {
  const members = Object.entries(row).filter(([, value]) => value !== null)
  return Object.fromEntries(members.map(([field, value]) => [field, JSON_FIELDS.has(field) ? JSON.parse(value as string) : value])) as IgdbRecord
}

import type { Database } from 'better-sqlite3'
import type { IgdbRecord, RecordFilter, RecordList, RecordPosition } from '../../model/igdb-record.ts'
import { afterOf, columnsOf, keyOf, orderBy, playersFor, whereOf } from './conditions.ts'

/** Where to read, besides what. */
export interface RecordPage extends RecordList {
  /** Null: from the start. */
  readonly after: RecordPosition | null
  readonly skip: number
}

export interface RecordsFound {
  readonly records: readonly IgdbRecord[]
  /** The position of the last record; null when nothing follows it. */
  readonly last: RecordPosition | null
  /** How many records the whole list has. */
  readonly total: number
}

const EVERYWHERE = 'SELECT row FROM service_configuration'
const OF_PAGE = 'SELECT service_configuration FROM json_each(:ids) JOIN igdb_record i ON i.id = value JOIN achievement a ON a.row = i.achievement'

/** The records of the IGDB view. What they say of progress is true at the moment of reading. */
export function prepareIgdb (database: Database) {
  const countUnlocks = database.prepare<[], number>('SELECT unlocks FROM world').pluck()
  const findKey = database.prepare<[string], number>('SELECT 1 FROM user_key WHERE user_key = ?').pluck()

  function count (filter: RecordFilter): number {
    const where = whereOf(filter)
    const players = playersFor(filter.conditions.map(({ field }) => field), EVERYWHERE)
    return database.prepare<unknown[], number>(`${players.with}
      SELECT count(*) FROM igdb_record r ${players.join} WHERE ${where.sql}`).pluck().get(...where.values) as number
  }

  /** Which records a page has, in order, and one more if there is one. */
  function find ({ order, after, limit, skip, ids, conditions, search }: RecordPage): RecordPosition[] {
    const snapshot = after?.snapshot ?? countUnlocks.get() as number
    const key = keyOf(order, snapshot)
    const where = whereOf({ ids, conditions, search })
    const place = after === null ? { sql: 'TRUE', values: [] } : afterOf(order, after)
    const players = playersFor([order.field, ...conditions.map(({ field }) => field)], EVERYWHERE)
    return database.prepare<unknown[], { id: number, key: RecordPosition['key'] }>(`${players.with}
      SELECT id, key FROM (SELECT r.id, ${key.sql} AS key FROM igdb_record r ${players.join} WHERE ${where.sql})
      WHERE ${place.sql} ORDER BY ${orderBy(order)} LIMIT ? OFFSET ?`)
      .all(...key.values, ...where.values, ...place.values, limit + 1, skip).map((found) => ({ snapshot, ...found }))
  }

  function read (ids: readonly number[], fields: RecordList['fields']): IgdbRecord[] {
    const players = playersFor(fields, OF_PAGE)
    return database.prepare<[object], IgdbRecord>(`${players.with}
      SELECT ${columnsOf(fields)} FROM json_each(:ids) j CROSS JOIN igdb_record r ON r.id = j.value ${players.join}
      ORDER BY j.key`).all({ ids: JSON.stringify(ids) }).map(readRecord)
  }

  return {
    /** True when the world knows a user key. */
    hasKey: (key: string): boolean => findKey.get(key) !== undefined,

    count,

    /** One page of a list, read at one moment. */
    list: database.transaction((page: RecordPage): RecordsFound => {
      const found = find(page)
      const ids = found.slice(0, page.limit).map(({ id }) => id)
      return {
        records: read(ids, page.fields),
        last: found.length > page.limit ? found[page.limit - 1] as RecordPosition : null,
        total: count(page)
      }
    }) as (page: RecordPage) => RecordsFound
  }
}

/** Fields that are kept as JSON. */
const JSON_FIELDS: ReadonlySet<string> = new Set(['icon', 'tags'])

/** What has no value is left out. */
function readRecord (row: IgdbRecord): IgdbRecord {
  const members = Object.entries(row).filter(([, value]) => value !== null)
  return Object.fromEntries(members.map(([field, value]) => [field, JSON_FIELDS.has(field) ? JSON.parse(value as string) : value])) as IgdbRecord
}

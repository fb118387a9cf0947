import BetterSqlite3, { type Database } from 'better-sqlite3'
import { openDatabase } from '../../src/store/open.ts'
import { migrate } from '../../src/store/migrate.ts'
import { seed } from '../../src/store/world/seed.ts'
import type { World } from '../../src/world/schema.ts'

const tablesOf = (database: Database): string[] =>
  database.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'undo%' AND name NOT LIKE 'sqlite%'").pluck().all()

const columnsOf = (database: Database, table: string): string[] => (database.pragma(`table_info(${table})`) as Array<{ name: string }>).map(({ name }) => name)

/** Brings a new database to an earlier schema: the one after so many migrations. */
function migrateTo (database: Database, version: number): void {
  const exec = database.exec.bind(database)
  let steps = 0
  database.exec = (sql) => {
    if (steps++ === version) throw new Error('far enough')
    return exec(sql)
  }
  try {
    migrate(database)
  } catch {
    // The migrations until then have landed, each in a transaction of its own.
  }
  database.exec = exec
}

/** A database in memory with an earlier schema, which holds what of a world it has room for. */
export function openEarlier (version: number, world: World): Database {
  const now = openDatabase(':memory:')
  seed(now, world, 'test')
  const then = new BetterSqlite3(':memory:')
  migrateTo(then, version)
  then.pragma('foreign_keys = OFF')
  for (const table of tablesOf(then)) {
    const columns = columnsOf(then, table).filter((name) => columnsOf(now, table).includes(name)).join(', ')
    const rows = now.prepare<[], unknown[]>(`SELECT DISTINCT ${columns} FROM ${table}`).raw().all()
    // Nothing is recorded meanwhile: the triggers look at the row of the world, which comes last.
    if (table === 'world') continue
    for (const row of rows) then.prepare(`INSERT INTO ${table} (${columns}) VALUES (${row.map(() => '?').join(', ')})`).run(...row)
  }
  then.exec("INSERT INTO world (only, source, stamp, recording) VALUES (1, 'test', 'stamp', 1)")
  then.pragma('foreign_keys = ON')
  now.close()
  return then
}

import BetterSqlite3, { type Database } from 'better-sqlite3'
import { migrate } from '../../src/store/migrate.ts'
import { openDatabase } from '../../src/store/open.ts'
import { seed } from '../../src/store/world/seed.ts'
import type { World } from '../../src/world/schema.ts'

const tablesOf = (database: Database): string[] =>
  database.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'undo%' AND name NOT LIKE 'sqlite%'").pluck().all()

const columnsOf = (database: Database, table: string): string[] => (database.pragma(`table_info(${table})`) as Array<{ name: string }>).map(({ name }) => name)

/** Runs the first migrations on a new database. @param version how many. */
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
    // The earlier migrations are done, as each is a transaction of its own.
  }
  database.exec = exec
}

/** A database in memory with an earlier schema. Of a world it has what that schema has a column for. */
export function openEarlier (version: number, world: World): Database {
  const now = openDatabase(':memory:')
  seed(now, world, 'test')
  const then = new BetterSqlite3(':memory:')
  migrateTo(then, version)
  then.pragma('foreign_keys = OFF')
  for (const table of tablesOf(then)) {
    const columns = columnsOf(then, table).filter((name) => columnsOf(now, table).includes(name)).join(', ')
    const rows = now.prepare<[], unknown[]>(`SELECT DISTINCT ${columns} FROM ${table}`).raw().all()
    // The row of `world` is inserted last: without it, the triggers write no undo log.
    if (table === 'world') continue
    for (const row of rows) then.prepare(`INSERT INTO ${table} (${columns}) VALUES (${row.map(() => '?').join(', ')})`).run(...row)
  }
  then.exec("INSERT INTO world (only, source, stamp, recording) VALUES (1, 'test', 'stamp', 1)")
  then.pragma('foreign_keys = ON')
  now.close()
  return then
}

/** A world without what it tells the hosts around the achievements, for which no schema before 10 has a column. */
export const withoutNeighbours = (world: World): World => ({
  ...world,
  titles: world.titles.map((title) => ({ ...title, clientIds: [], titleHub: null })),
  users: world.users.map((user) => ({
    ...user, favorites: [], profile: null, presence: null, signInError: null, titles: user.titles.map((played) => ({ ...played, minutesPlayed: null, stats: [] }))
  }))
})

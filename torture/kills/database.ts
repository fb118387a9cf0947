import { readFileSync } from 'node:fs'
import BetterSqlite3, { type Database } from 'better-sqlite3'
import { createOperations, type Operations } from '../../src/operations/operations.ts'
import { world as FIRST_SCHEMA } from '../../src/store/migrations/001-world.ts'
import { openDatabase } from '../../src/store/open.ts'
import { prepareStore, type Store } from '../../src/store/store.ts'
import { seed } from '../../src/store/world/seed.ts'
import { mergeWorlds } from '../../src/world/read.ts'
import type { World } from '../../src/world/schema.ts'

/** The content of a database file after its process was killed, and the expected content. */

/** Seeds a file and closes it. */
export function writeDatabase (file: string, document: object): void {
  const database = openDatabase(file)
  seed(database, mergeWorlds([{ file: 'world', document }]), 'torture')
  close(database)
}

/** Writes the content of a file as the first version of the emulator stored it. */
export function writeOldDatabase (file: string, of: string): void {
  const database = new BetterSqlite3(file)
  database.exec(FIRST_SCHEMA)
  database.exec(`ATTACH '${of}' AS now; PRAGMA foreign_keys = OFF`)
  const tables = database.prepare<[], string>("SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'").pluck().all()
  database.transaction(() => {
    for (const table of tables) {
      const columns = (database.pragma(`main.table_info(${table})`) as Array<{ name: string }>).map(({ name }) => name).join(', ')
      // Progress is stored for each sandbox now; it was stored once.
      database.exec(`INSERT INTO main.${table} (${columns}) SELECT DISTINCT ${columns} FROM now.${table}`)
    }
  })()
  database.pragma('application_id = 0x58424C41')
  database.pragma('user_version = 1')
  database.exec('DETACH now')
  database.close()
}

/** Closes a database, so that the file alone has its whole content. */
function close (database: Database): void {
  database.pragma('wal_checkpoint(TRUNCATE)')
  database.pragma('journal_mode = DELETE')
  database.close()
}

/** A change of a world without a server. */
export type Work = (run: Operations['run'], store: Store) => void

function workOn (database: Database, work: Work): void {
  const { store, transact } = prepareStore(database)
  work(createOperations(transact).run, store)
}

const worldOf = (database: Database): World => prepareStore(database).store.world.export()

/** Changes the world in a file, without a server. */
export function change (file: string, work: Work): void {
  const database = openDatabase(file)
  // This process is not killed, so nothing has to be synchronized.
  database.pragma('synchronous = OFF')
  workOn(database, work)
  close(database)
}

/** Makes a change in a copy of a file: the worlds before and after it, and its time in ms. */
export function foresee (file: string, work: Work): { before: World, after: World, ms: number } {
  const database = new BetterSqlite3(readFileSync(file))
  database.pragma('foreign_keys = ON')
  const before = worldOf(database)
  const begun = performance.now()
  workOn(database, work)
  const ms = performance.now() - begun
  const after = worldOf(database)
  database.close()
  return { before, after, ms }
}

/** The schema version of a file. */
export function schemaOf (file: string): number {
  const database = new BetterSqlite3(file)
  const schema = database.pragma('user_version', { simple: true }) as number
  database.close()
  return schema
}

/** Inspects a file after its process was killed: what is wrong with the file, and its world; null when it has none. */
export function inspect (file: string): { wrong: string | undefined, world: World | null } {
  const database = openDatabase(file)
  try {
    const integrity = JSON.stringify(database.pragma('integrity_check'))
    const foreign = JSON.stringify(database.pragma('foreign_key_check'))
    const wrong = integrity !== '[{"integrity_check":"ok"}]' ? `integrity_check: ${integrity}` : foreign !== '[]' ? `foreign_key_check: ${foreign}` : undefined
    const count = database.prepare<[], number>('SELECT count(*) FROM world').pluck().get()
    return { wrong, world: count === 0 ? null : worldOf(database) }
  } finally {
    database.close()
  }
}

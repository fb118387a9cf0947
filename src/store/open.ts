import { closeSync, openSync } from 'node:fs'
import BetterSqlite3, { type Database, type Statement } from 'better-sqlite3'
import { DatabaseError, migrate } from './migrate.ts'
import { seed } from './world/seed.ts'
import { isBusy, LONGEST_WAIT } from './write-queue.ts'
import type { World } from '../world/schema.ts'

/** The Node-API of better-sqlite3's binary: a Node with an older one does not refuse it, but crashes. */
const NODE_API = 10

/**
 * Opens a database and brings it to the newest schema.
 *
 * @param file a path, or `:memory:`. A new file is its owner's alone: tokens are in it.
 * @param timeout how long SQLite waits, and everything with it, for another process that writes to the file, in ms.
 * @throws {DatabaseError} when the file cannot be opened or written, or belongs to another program or
 *   to a newer version of this one, and when Node is too old. The file is not changed then.
 * @throws an error that {@link isBusy} knows while another process writes to the file.
 */
export function openDatabase (file: string, timeout: number = LONGEST_WAIT): Database {
  if (Number(process.versions.napi) < NODE_API) throw new DatabaseError(`Node 22.14, 23.6 or later is needed; this is ${process.versions.node}`)
  let database: Database | undefined
  try {
    createPrivate(file.trim())
    database = new BetterSqlite3(file, { timeout })
    migrate(database)
    // A write that was acknowledged outlives the process and the machine.
    database.pragma('journal_mode = WAL')
    database.pragma('synchronous = FULL')
    database.pragma('foreign_keys = ON')
    return database
  } catch (error) {
    database?.close()
    if (error instanceof DatabaseError || isBusy(error)) throw error
    const { code, message } = error as NodeJS.ErrnoException
    const mend = /^SQLITE_(READONLY|CANTOPEN)/.test(String(code)) ? '; give --database a file that can be written, in a folder that can be' : ''
    throw new DatabaseError(`${file} cannot be opened as a database: ${message}${mend}`)
  }
}

/** Makes a file that only its owner reads, unless it is there; SQLite's own files beside it get the same mode. */
function createPrivate (file: string): void {
  if (file === ':memory:') return
  try {
    closeSync(openSync(file, 'wx', 0o600))
  } catch {
    // It is there; or cannot be, and SQLite says why.
  }
}

/** @throws {DatabaseError} when the file has the marks of this program and not its tables, or is damaged. */
function prepareSource (database: Database): Statement<[], string> {
  try {
    const statement = database.prepare<[], string>('SELECT source FROM world').pluck()
    statement.get()
    return statement
  } catch (error) {
    throw new DatabaseError(`${database.name} is damaged: ${(error as Error).message}; restore it, or give --database a new file`)
  }
}

/**
 * Seeds a database that holds no world.
 *
 * @param read called only when it is needed, and when no other process can seed the file meanwhile.
 * @returns the source of the world that the database holds now.
 * @throws an error that {@link isBusy} knows while another process seeds the file.
 */
export function seedIfEmpty (database: Database, source: string, read: () => World): string {
  const find = prepareSource(database)
  const held = find.get()
  if (held !== undefined) return held
  return database.transaction(() => {
    const held = find.get()
    // Another process may have seeded it since.
    if (held !== undefined) return held
    seed(database, read(), source)
    return source
  }).immediate()
}

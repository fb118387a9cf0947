import { closeSync, openSync } from 'node:fs'
import BetterSqlite3, { type Database, type Statement } from 'better-sqlite3'
import type { World } from '../world/schema.ts'
import { DatabaseError, migrate } from './migrate.ts'
import { seed } from './world/seed.ts'
import { isBusy, LONGEST_WAIT } from './write-queue.ts'

/** The version of Node-API that the binary of better-sqlite3 needs. A Node.js with an older version does not refuse the binary, but crashes. */
export const NODE_API = 10

/**
 * Opens a database and brings it to the newest schema.
 *
 * @param file a path, or `:memory:`. Only the owner may read a new file, as it contains tokens.
 * @param timeout how long SQLite waits for another process that writes to the file, in ms. It blocks the event loop.
 * @throws {DatabaseError} when the file cannot be opened or written, or belongs to another program or
 *   to a newer version of this one, and when Node is too old. The file is not changed then.
 * @throws an error for which {@link isBusy} is true while another process writes to the file.
 */
export function openDatabase (file: string, timeout: number = LONGEST_WAIT): Database {
  if (Number(process.versions.napi) < NODE_API) throw new DatabaseError(`Node 22.14, 23.6 or later is needed; this is ${process.versions.node}`)
  let database: Database | undefined
  try {
    createPrivate(file.trim())
    database = new BetterSqlite3(file, { timeout })
    migrate(database)
    // An acknowledged write survives a crash of the process and of the machine.
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

/** Creates a file that only its owner may read, unless it exists. SQLite's own files beside it get the same mode. */
function createPrivate (file: string): void {
  if (file === ':memory:') return
  try {
    closeSync(openSync(file, 'wx', 0o600))
  } catch {
    // It exists, or cannot be created: then SQLite throws an error with the cause.
  }
}

/** @throws {DatabaseError} when the file is damaged, or has the application id of this program and not its tables. */
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
 * Seeds a database, unless it has a world already.
 *
 * @param read reads the world. It is called only when it is needed, while no other process can seed the file.
 * @returns the source of the world that the database has now.
 * @throws an error for which {@link isBusy} is true while another process seeds the file.
 */
export function seedIfEmpty (database: Database, source: string, read: () => World): string {
  const find = prepareSource(database)
  const present = find.get()
  if (present !== undefined) return present
  return database.transaction(() => {
    const present = find.get()
    // Another process may have seeded it since.
    if (present !== undefined) return present
    seed(database, read(), source)
    return source
  }).immediate()
}

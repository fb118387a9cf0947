import { closeSync, openSync } from 'node:fs'
import BetterSqlite3, { type Database, type Statement } from 'better-sqlite3'
import { prepareAchievements } from './achievements.ts'
import { createCache, type CreateCache, type Keep } from '../base/cache.ts'
import { prepareCatalogue } from './catalogue.ts'
import { DatabaseError, migrate } from './migrate.ts'
import { prepareHistory } from './lists/history.ts'
import { prepareIgdb } from './igdb/igdb.ts'
import { preparePeople } from './people.ts'
import { prepareProgress } from './progress.ts'
import { prepareRevision } from './revision.ts'
import { seed } from './world/seed.ts'
import { prepareSessions } from './sessions.ts'
import { prepareSignInTokens } from './sign-in-tokens.ts'
import { prepareWorldState } from './world/state.ts'
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

/**
 * Everything that the emulator reads and writes: a database whose statements are prepared.
 *
 * @param create makes the caches; a test has other ones.
 * @param admit is called before every write, and throws when it must not be.
 */
export function prepareStore (database: Database, create: CreateCache = createCache, admit: () => void = () => {}) {
  const revision = prepareRevision(database)
  const keep: Keep = {
    definitions: (options, make) => create({ ...options, mark: revision.definitions }, make),
    state: (options, make) => create({ ...options, mark: revision.state }, make)
  }
  const world = prepareWorldState(database)
  const atOnce = database.transaction((work: () => unknown) => work()).immediate
  const transact = <T>(work: () => T): T => {
    admit()
    return revision.whileChanging(() => atOnce(work) as T)
  }
  const readAtOnce = database.transaction((work: () => unknown) => {
    revision.renew()
    return work()
  })
  return {
    revision,
    keep,
    achievements: prepareAchievements(database, keep),
    catalogue: prepareCatalogue(database, keep),
    history: prepareHistory(database),
    igdb: prepareIgdb(database),
    people: preparePeople(database, keep),
    progress: prepareProgress(database),
    sessions: prepareSessions(database, keep),
    signInTokens: prepareSignInTokens(database),
    world: {
      ...world,
      replace: (document: World, source: string): void => transact(() => world.replace(document, source)),
      change: (change: (world: World) => World): void => transact(() => world.change(change)),
      reset: (): void => transact(world.reset)
    },
    /** Runs reads that all see the database at one moment, whatever another process writes meanwhile. */
    read: <T>(work: () => T): T => readAtOnce(work) as T,
    /** Runs reads and writes as one: all of it happens, or nothing of it. */
    transact
  }
}

export type Store = ReturnType<typeof prepareStore>

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

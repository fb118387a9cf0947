import BetterSqlite3, { type Database, type Statement } from 'better-sqlite3'
import { prepareAchievements } from './achievements.ts'
import { createCache, type CreateCache, type Keep } from './cache.ts'
import { prepareCatalogue } from './catalogue.ts'
import { DatabaseError, migrate } from './migrate.ts'
import { prepareHistory } from './history.ts'
import { prepareIgdb } from './igdb.ts'
import { preparePeople } from './people.ts'
import { prepareProgress } from './progress.ts'
import { prepareRevision } from './revision.ts'
import { seed } from './seed.ts'
import { prepareSessions } from './sessions.ts'
import { prepareSignInTokens } from './sign-in-tokens.ts'
import { prepareWorldState } from './world-state.ts'
import type { World } from '../world/schema.ts'

/** The Node-API of better-sqlite3's binary: a Node with an older one does not refuse it, but crashes. */
const NODE_API = 10

/** How long a writer waits for another process that writes to the same file, in ms. */
const BUSY_TIMEOUT = 5000

/**
 * Opens a database and brings it to the newest schema.
 *
 * @param file a path, or `:memory:`.
 * @throws {DatabaseError} when the file cannot be opened, or belongs to another program or to a
 *   newer version of this one, and when Node is too old. The file is not changed then.
 */
export function openDatabase (file: string): Database {
  if (Number(process.versions.napi) < NODE_API) throw new DatabaseError(`Node 22.14, 23.6 or later is needed; this is ${process.versions.node}`)
  let database: Database | undefined
  try {
    database = new BetterSqlite3(file, { timeout: BUSY_TIMEOUT })
    migrate(database)
    // A write that was acknowledged outlives the process and the machine.
    database.pragma('journal_mode = WAL')
    database.pragma('synchronous = FULL')
    database.pragma('foreign_keys = ON')
    return database
  } catch (error) {
    database?.close()
    if (error instanceof DatabaseError) throw error
    throw new DatabaseError(`${file} cannot be opened as a database: ${(error as Error).message}`)
  }
}

/**
 * Everything that the emulator reads and writes: a database whose statements are prepared.
 *
 * @param create makes the caches; a test has other ones.
 */
export function prepareStore (database: Database, create: CreateCache = createCache) {
  const revision = prepareRevision(database)
  const keep: Keep = {
    definitions: (options, make) => create({ ...options, mark: revision.definitions }, make),
    state: (options, make) => create({ ...options, mark: revision.state }, make)
  }
  const atOnce = database.transaction((work: () => unknown) => work()).immediate
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
    world: prepareWorldState(database),
    /** Runs reads and writes as one: all of it happens, or nothing of it. */
    transact: <T>(work: () => T): T => revision.whileChanging(() => atOnce(work) as T)
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
 * @param read called only when it is needed.
 * @returns the source of the world that the database holds now.
 */
export function seedIfEmpty (database: Database, source: string, read: () => World): string {
  const find = prepareSource(database)
  const held = find.get()
  if (held !== undefined) return held
  const world = read()
  // Another process may have seeded it since.
  return database.transaction(() => {
    const held = find.get()
    if (held !== undefined) return held
    seed(database, world, source)
    return source
  }).immediate()
}

import type { Database } from 'better-sqlite3'
import { prepareAchievements } from './achievements.ts'
import { createCache, type CreateCache, type Keep } from '../base/cache.ts'
import { prepareCatalogue } from './catalogue.ts'
import { prepareHistory } from './lists/history.ts'
import { prepareIgdb } from './igdb/igdb.ts'
import { preparePeople, preparePeopleWrites } from './people.ts'
import { prepareProgressWrites } from './progress.ts'
import { prepareRevision, type Revision } from './revision.ts'
import { prepareSessions, prepareSessionWrites } from './sessions.ts'
import { prepareSignInTokens, prepareSignInTokenWrites } from './sign-in-tokens.ts'
import { prepareExport } from './world/export.ts'
import { prepareWorldWrites } from './world/state.ts'
import type { World } from '../world/schema.ts'

/** What is read from a database: nothing here changes it. */
export type Store = ReturnType<typeof prepareReads>

/** What changes a database: it is handed out within a transaction alone. */
export type Writes = ReturnType<typeof prepareWrites>

/** What work that changes the world is given: all of it happens, or nothing of it. */
export interface Transaction {
  readonly store: Store
  readonly write: Writes
}

/** Runs reads and writes as one transaction. */
export type Transact = <T>(work: (transaction: Transaction) => T) => T

/**
 * Everything that the emulator reads and writes: a database whose statements are prepared.
 *
 * @param create makes the caches; a test has other ones.
 * @param admit is called before every transaction, and throws when nothing may be written.
 * @returns what reads, and the only way to write, which belongs to operations/ alone.
 */
export function prepareStore (database: Database, create: CreateCache = createCache, admit: () => void = () => {}): { store: Store, transact: Transact } {
  const revision = prepareRevision(database)
  const exportWorld = prepareExport(database)
  const store = prepareReads(database, { revision, create, exportWorld })
  const transaction: Transaction = { store, write: prepareWrites(database, exportWorld) }
  const atOnce = database.transaction((work: (transaction: Transaction) => unknown) => work(transaction)).immediate
  return {
    store,
    transact (work) {
      admit()
      return revision.whileChanging(() => atOnce(work) as ReturnType<typeof work>)
    }
  }
}

function prepareReads (database: Database, { revision, create, exportWorld }: {
  revision: Pick<Revision, 'state' | 'definitions' | 'renew'>, create: CreateCache, exportWorld: () => World
}) {
  const keep: Keep = {
    definitions: (options, make) => create({ ...options, mark: revision.definitions }, make),
    state: (options, make) => create({ ...options, mark: revision.state }, make)
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
    sessions: prepareSessions(database, keep),
    signInTokens: prepareSignInTokens(database),
    world: {
      /** The present state as a world that starts an identical emulator. */
      export: database.transaction(exportWorld) as () => World
    },
    /** Runs reads that all see the database at one moment, whatever another process writes meanwhile. */
    read: <T>(work: () => T): T => readAtOnce(work) as T
  }
}

function prepareWrites (database: Database, exportWorld: () => World) {
  return {
    people: preparePeopleWrites(database),
    progress: prepareProgressWrites(database),
    sessions: prepareSessionWrites(database),
    signInTokens: prepareSignInTokenWrites(database),
    world: prepareWorldWrites(database, exportWorld)
  }
}

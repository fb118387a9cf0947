import type { Database } from 'better-sqlite3'
import { createCache, type CreateCache, type CacheFactory } from '../base/cache.ts'
import type { World } from '../world/schema.ts'
import { prepareAchievements } from './achievements.ts'
import { prepareCatalogue } from './catalogue.ts'
import { prepareChangeLog, prepareChangeLogWrites } from './change-log.ts'
import { prepareDeletedUsers, prepareDeletedUserWrites } from './deleted-users.ts'
import { prepareDeviceCodes, prepareDeviceCodeWrites } from './device-codes.ts'
import { prepareIgdb } from './igdb/igdb.ts'
import { prepareHistory } from './lists/history.ts'
import { prepareTitleHub } from './lists/title-hub.ts'
import { prepareTitlesAtHand } from './lists/titles-at-hand.ts'
import { prepareUserAchievements, prepareUserUnlocks } from './lists/user-achievements.ts'
import { prepareUserTitles } from './lists/user-titles.ts'
import { prepareNotificationEndpoints, prepareNotificationEndpointWrites } from './notification-endpoints.ts'
import { preparePeople, preparePeopleWrites } from './people.ts'
import { prepareProgress, prepareProgressWrites } from './progress.ts'
import { prepareRevision, type Revision } from './revision.ts'
import { prepareSessions, prepareSessionWrites } from './sessions.ts'
import { prepareSignInTokens, prepareSignInTokenWrites } from './sign-in-tokens.ts'
import { prepareStats } from './stats.ts'
import { prepareDescription } from './world/description.ts'
import { prepareDifferences } from './world/differences.ts'
import { prepareExport, prepareWorldParts } from './world/export.ts'
import { prepareWorldWrites } from './world/replace.ts'
import { prepareXalTokens, prepareXalTokenWrites } from './xal-tokens.ts'

/** The reads of a database. */
export type Store = ReturnType<typeof prepareReads>

/** The writes of a database. Only a transaction has them. */
export type Writes = ReturnType<typeof prepareWrites>

/** The reads and writes of a transaction: all of its writes are done, or none. */
export interface Transaction {
  readonly store: Store
  readonly write: Writes
}

/** Runs reads and writes as one transaction. */
export type Transact = <T>(work: (transaction: Transaction) => T) => T

/**
 * Prepares the statements with which the emulator reads and writes a database.
 *
 * @param create creates the caches; a test may have other ones.
 * @param beforeWrite is called before every transaction, and throws when nothing may be written.
 * @returns the reads, and the only way to write, which is for operations/ alone.
 */
export function prepareStore (database: Database, create: CreateCache = createCache, beforeWrite: () => void = () => {}): { store: Store, transact: Transact } {
  const revision = prepareRevision(database)
  const exportWorld = prepareExport(database)
  const store = prepareReads(database, { revision, create, exportWorld })
  const transaction: Transaction = { store, write: prepareWrites(database, exportWorld) }
  const writeInTransaction = database.transaction((work: (transaction: Transaction) => unknown) => work(transaction)).immediate
  return {
    store,
    transact (work) {
      beforeWrite()
      return revision.whileChanging(() => writeInTransaction(work) as ReturnType<typeof work>)
    }
  }
}

function prepareReads (database: Database, { revision, create, exportWorld }: {
  revision: Pick<Revision, 'state' | 'definitions' | 'renew'>, create: CreateCache, exportWorld: () => World
}) {
  const cache: CacheFactory = {
    definitions: (options, make) => create({ ...options, mark: revision.definitions }, make),
    state: (options, make) => create({ ...options, mark: revision.state }, make)
  }
  const readInTransaction = database.transaction((work: () => unknown) => {
    revision.renew()
    return work()
  })
  return {
    revision,
    cache,
    achievements: prepareAchievements(database, cache),
    catalogue: prepareCatalogue(database, cache),
    history: prepareHistory(database),
    igdb: prepareIgdb(database),
    people: preparePeople(database, cache),
    deletedUsers: prepareDeletedUsers(database),
    sessions: prepareSessions(database, cache),
    signInTokens: prepareSignInTokens(database),
    progress: prepareProgress(database),
    changes: prepareChangeLog(database, revision.renew),
    deviceCodes: prepareDeviceCodes(database),
    xalTokens: prepareXalTokens(database),
    notificationEndpoints: prepareNotificationEndpoints(database),
    stats: prepareStats(database),
    titleHub: prepareTitleHub(database),
    userTitles: prepareUserTitles(database),
    listUserAchievements: prepareUserAchievements(database),
    listUserUnlocks: prepareUserUnlocks(database),
    findTitlesAtHand: prepareTitlesAtHand(database),
    world: {
      /** The present state as a world, from which an identical emulator can be started. */
      export: database.transaction(exportWorld) as () => World,
      describe: prepareDescription(database),
      ...prepareDifferences(database, { cache, exportWorld }),
      ...prepareWorldParts(database)
    },
    /** Runs reads that all see the same state of the database, also when another process writes meanwhile. */
    read: <T>(work: () => T): T => readInTransaction(work) as T
  }
}

function prepareWrites (database: Database, exportWorld: () => World) {
  return {
    people: preparePeopleWrites(database),
    deletedUsers: prepareDeletedUserWrites(database),
    progress: prepareProgressWrites(database),
    sessions: prepareSessionWrites(database),
    signInTokens: prepareSignInTokenWrites(database),
    deviceCodes: prepareDeviceCodeWrites(database),
    changes: prepareChangeLogWrites(database),
    xalTokens: prepareXalTokenWrites(database),
    notificationEndpoints: prepareNotificationEndpointWrites(database),
    world: prepareWorldWrites(database, exportWorld)
  }
}

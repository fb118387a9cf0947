import type { Database } from 'better-sqlite3'
import { systemClock } from './base/clock.ts'
import { formatInstant } from './base/instant.ts'
import { readConfig } from './config/config.ts'
import { ProgressBody, SessionBody } from './control/body-schemas.ts'
import { adjustClock } from './control/clock-routes.ts'
import type { Fault } from './control/faults/faults.ts'
import { FaultSpec } from './control/faults/schema.ts'
import type { JournalEntry, JournalFilter } from './control/journal/journal.ts'
import { toSessionInput } from './control/session-routes.ts'
import { requireValid } from './http/body.ts'
import { XBOX_DOMAIN, XBOX_HOSTS } from './http/hosts.ts'
import { readAchievementId, readServiceConfigId, readXuid } from './http/ids.ts'
import type { Dialect } from './model/dialect.ts'
import type { Claims } from './model/session.ts'
import type { CrossUserRule } from './model/user.ts'
import { listen, urlOf } from './server/address.ts'
import { buildApp, type EmulatorApp as ServedEmulator } from './server/app.ts'
import { closeGracefully } from './server/close.ts'
import { intercept } from './server/intercept/intercept.ts'
import { SecurePort } from './server/intercept/secure-port.ts'
import { openDatabase, seedIfEmpty } from './store/open.ts'
import { retryWhileBusy } from './store/retry-while-busy.ts'
import { findWorldReader } from './world/load.ts'
import { mergeWorlds } from './world/read.ts'
import type { World, WorldProgress } from './world/schema.ts'

export { XblError } from './model/refusals.ts'
export { ConfigError } from './config/config.ts'
export { DatabaseError } from './store/migrate.ts'
export { WorldError } from './world/problems.ts'
export type { Claims, CrossUserRule, Dialect, Fault, FaultSpec, JournalEntry, JournalFilter, World, WorldProgress }

/** How to start an emulator. The defaults are those of the command, but for port and log level. */
export interface EmulatorOptions {
  /** A world document, or the path of one, of a folder of them, or of one with Partner Center's documents; by default the demo world. */
  readonly world?: object | string
  readonly dialect?: Dialect
  /** Whose achievements a caller may read. */
  readonly crossUser?: CrossUserRule
  /** 0, the default: any free port. */
  readonly port?: number
  readonly host?: string
  /** A SQLite file, or `:memory:`, the default. The start waits while another process seeds the file. */
  readonly database?: string
  /** `burst,sustain`: requests of a user and title in 15 and in 300 seconds. */
  readonly rateLimit?: string
  /** How many requests the journal stores, in 64 MB of memory at most. */
  readonly journal?: number
  /** How long a request may take to arrive whole, and how long its client may leave the answer unread, in ms. */
  readonly requestTimeout?: number
  /** Host names, comma-delimited, under which it answers, besides those of this machine, those of Xbox Live and `host`. */
  readonly allowedHosts?: string
  /** Origins, comma-delimited, whose pages may call it, besides its own. */
  readonly allowedOrigins?: string
  /** False leaves out the control API under `/_emulator`. */
  readonly control?: boolean
  readonly controlKey?: string
  /** False leaves out the IGDB view under `/achievements`. */
  readonly igdb?: boolean
  /** False leaves out the sign-in hosts, where anybody gets a token of any user. */
  readonly signIn?: boolean
  /** Addresses, comma-delimited, that a sign-in may lead back to, besides those of this machine. */
  readonly redirectUris?: string
  /** By default `silent`. */
  readonly logLevel?: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent'
}

/** Progress that a test sets. */
export interface Unlock {
  readonly xuid: string
  readonly serviceConfigId: string
  readonly id: number
  /** By default every sandbox in which a title of the service configuration is published. */
  readonly sandbox?: string
  /** 100 unlocks, less locks; by default 100, or what `requirements` says of a title-managed achievement. */
  readonly percentComplete?: number
  /** An instant in UTC; by default now. */
  readonly timeUnlocked?: string
  readonly isRevoked?: boolean
  /** By default in proportion to the percentage. */
  readonly requirements?: ReadonlyArray<{ readonly id: string, readonly current: string }>
}

/**
 * An emulator that runs in this process. Every method that changes the world blocks the process while another
 * process writes to the same database file: for five seconds at most, then it throws.
 */
export interface Emulator {
  /** Where it listens, e.g. `http://127.0.0.1:49152`. */
  readonly url: string
  /** The value of an Authorization header for claims; a fresh token each time, 10,000 until a reset. */
  readonly authorization: (claims: Partial<Claims> & { expires?: string }) => string
  /** The present state, as a world document that starts an identical emulator. */
  readonly world: () => World
  /** Goes back to the world of the start. Clock, faults and journal stay as they are. */
  readonly reset: () => void
  /** Sets what a user has done towards an achievement. */
  readonly unlock: (unlock: Unlock) => WorldProgress
  /** Adds a fault; the function that it returns removes it. */
  readonly fault: (spec: Partial<FaultSpec>) => () => void
  readonly clock: {
    /** The time, as an instant with seven fraction digits. */
    readonly now: () => string
    /** Stops at an instant in UTC. */
    readonly freeze: (instant: string) => void
    /** Runs ahead by an ISO 8601 duration, e.g. `P1D`, or behind, `-PT1H`. */
    readonly shift: (duration: string) => void
    /** Runs as the machine's clock again. */
    readonly reset: () => void
  }
  /** The requests in the journal, oldest first. */
  readonly requests: (filter?: JournalFilter) => JournalEntry[]
  /**
   * Sends this process's own requests for the hosts of Xbox Live to this emulator, whatever their client and
   * its proxy; those for hosts of xboxlive.com that it does not answer for fail with `ECONNREFUSED`. The
   * function that it returns undoes it, and so does `close`. When several emulators do so, the last one gets
   * the requests.
   */
  readonly intercept: () => () => void
  /** Waits some seconds for the requests in flight, and closes the database. */
  readonly close: () => Promise<void>
}

/**
 * Starts an emulator in this process. Several are independent of each other.
 *
 * @throws {ConfigError | WorldError | DatabaseError} when it cannot start; its methods throw an
 *   {@link XblError} that says what arrived and what was expected.
 */
export async function startEmulator ({ world, ...options }: EmulatorOptions = {}): Promise<Emulator> {
  const config = readConfig({ port: 0, logLevel: 'silent', ...options, ...typeof world === 'string' && { world } })
  const isDocument = typeof world === 'object'
  const read = isDocument ? () => mergeWorlds([{ file: 'world', document: structuredClone(world) }]) : await findWorldReader(config.world, () => {})
  const database = await retryWhileBusy(() => openDatabase(config.database, 0))
  try {
    await retryWhileBusy(() => seedIfEmpty(database, isDocument ? 'startEmulator' : config.world, read))
    const served = buildApp(config, { database, clock: systemClock })
    await listen(served.app, config)
    return toEmulator(served, database)
  } catch (error) {
    database.close()
    throw error
  }
}

/** The methods of an emulator that is listening. */
function toEmulator (served: ServedEmulator, database: Database): Emulator {
  const { app, queue, services: { clock, store, operations: { run } }, faults, journal } = served
  const url = urlOf(app)
  const restores: Array<() => void> = []
  const securePort = new SecurePort(served, { hosts: XBOX_HOSTS, url: new URL(url) })
  let closed: Promise<void> | undefined
  return {
    url,
    authorization: (claims) => queue.runNow(() => run('session.create', toSessionInput(requireValid(SessionBody, claims))).authorization),
    world: store.world.export,
    reset: () => queue.runNow(() => run('world.reset', {})),
    unlock: ({ xuid, serviceConfigId, id, ...done }) => queue.runNow(() => run('progress.set', {
      xuid: readXuid(xuid),
      scid: readServiceConfigId(serviceConfigId, 'documented'),
      id: readAchievementId(String(id)),
      ...requireValid(ProgressBody, done),
      now: clock.now()
    })),
    fault: (spec) => {
      const { id } = faults.add(requireValid(FaultSpec, spec))
      return () => { faults.remove(id) }
    },
    clock: {
      now: () => formatInstant(clock.now()),
      freeze: (now) => { adjustClock(clock, { now }) },
      shift: (offset) => { adjustClock(clock, { offset }) },
      reset: () => { clock.shift(0) }
    },
    requests: (filter = {}) => journal.find(filter),
    intercept: () => {
      const restore = intercept({ served: XBOX_HOSTS, refusedDomain: XBOX_DOMAIN }, { url: new URL(url), securePort: () => securePort.number() })
      restores.push(restore)
      return restore
    },
    close: () => {
      for (const restore of restores) restore()
      closed ??= Promise.all([securePort.close(), closeGracefully(served)]).then(() => {}).finally(() => { database.close() })
      return closed
    }
  }
}

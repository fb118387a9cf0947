import type { Writable } from 'node:stream'
import BetterSqlite3, { type Database } from 'better-sqlite3'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import type { Test } from 'tap'
import type { CreateCache } from '../src/base/cache.ts'
import type { Timers } from '../src/base/timers.ts'
import type { Config } from '../src/config/config.ts'
import { readConfig } from '../src/config/read-config.ts'
import type { Operations } from '../src/operations/operations.ts'
import { buildApp, type EmulatorApp as Built } from '../src/server/app.ts'
import { openDatabase } from '../src/store/open.ts'
import type { Store } from '../src/store/store.ts'
import { seed } from '../src/store/world/seed.ts'
import { mergeWorlds, readWorld } from '../src/world/read.ts'
import type { World } from '../src/world/schema.ts'
import { watchAnswers } from './watch-answers.ts'

export const GAMER = '2533274790412952'
export const FRIEND = '2533274790412953'
export const STRANGER = '2533274790412954'
export const SAMPLE_TITLE = 3051199919
export const SAMPLE_SCID = 'b5dd9daf-0000-0000-0000-000000000000'
/** The large localized title of the demo world. */
export const LARGE_TITLE = 1660944384

/** The middle of the year 2020, when the demo's challenges are some over, some running. */
export const NOW = Date.UTC(2020, 5, 15, 12)

export const DEMO = readWorld('fixtures/demo.json')

/** Databases as bytes, as they are after the start: to copy one takes less than a tenth of the time. */
const STARTED = { empty: bytesOf(null), demo: bytesOf(DEMO) }

function bytesOf (world: World | null): Buffer {
  const database = openDatabase(':memory:')
  if (world !== null) seed(database, world, 'test')
  const bytes = database.serialize()
  database.close()
  return bytes
}

/** A database in memory with a world; by default the demo world. */
function openSeeded (world: object | undefined): Database {
  const database = new BetterSqlite3(world === undefined ? STARTED.demo : STARTED.empty)
  // It belongs to the connection, and not to the database.
  database.pragma('foreign_keys = ON')
  if (world !== undefined) seed(database, mergeWorlds([{ file: 'world', document: structuredClone(world) }]), 'test')
  return database
}

export interface Emulator {
  readonly app: FastifyInstance
  readonly emulator: Built
  readonly database: Database
  readonly store: Store
  /** Changes the world, past HTTP. */
  readonly run: Operations['run']
  /** GET with a session's token (null: none), contract version 2; a header that is undefined is not sent. */
  readonly get: (url: string, options?: { session?: string | null, headers?: Record<string, string | undefined> }) => Promise<LightMyRequestResponse>
}

/**
 * A fresh emulator for one test, closed after it. Each of its answers has to be as the document says of its route.
 *
 * @param world a document, checked as a file would be; by default the demo world.
 * @param createCache makes all caches; by default those of the emulator.
 * @param routes adds routes and hooks that only this test has.
 */
export function build (t: Test, { world, config = {}, now = () => NOW, logTo, createCache, timers, routes = () => {} }: {
  world?: object, config?: Partial<Config>, now?: () => number, logTo?: Writable, createCache?: CreateCache, timers?: Timers, routes?: (app: FastifyInstance) => void
} = {}): Emulator {
  const database = openSeeded(world)
  const all = readConfig({ logLevel: logTo === undefined ? 'silent' : 'info', ...config })
  const emulator = watchAnswers(t, { config: all, database }, () => buildApp(all, {
    database, clock: { now }, ...logTo === undefined ? {} : { logTo }, ...createCache && { createCache }, ...timers && { timers }
  }))
  const { app } = emulator
  routes(app)
  t.teardown(async () => {
    await app.close()
    database.close()
  })
  return {
    app,
    emulator,
    database,
    store: emulator.services.store,
    run: emulator.services.operations.run,
    get: (url, { session = 'demo;gamer', headers = {} } = {}) => {
      const all = { authorization: session === null ? undefined : `XBL3.0 x=${session}`, 'x-xbl-contract-version': '2', ...headers }
      const given = Object.entries(all).filter((header): header is [string, string] => header[1] !== undefined)
      return app.inject({ method: 'GET', url, headers: Object.fromEntries(given) })
    }
  }
}

/** The path of a user's list. */
export const listOf = (xuid: string, query = ''): string => `/users/xuid(${xuid})/achievements${query}`

/** The path of a single achievement. */
export const singleOf = (xuid: string, scid: string, id: number | string): string => `/users/xuid(${xuid})/achievements/${scid}/${id}`

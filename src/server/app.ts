import type { Writable } from 'node:stream'
import type { TSchema } from '@sinclair/typebox'
import type { Database } from 'better-sqlite3'
import Fastify, { type FastifyInstance } from 'fastify'
import type { CreateCache } from '../base/cache.ts'
import { createClock, type AdjustableClock, type Clock } from '../base/clock.ts'
import { systemTimers, type Timers } from '../base/timers.ts'
import type { Config } from '../config/config.ts'
import { leadToPage } from '../console/root.ts'
import { consoleRoutes } from '../console/routes.ts'
import type { Addresses } from '../control/about.ts'
import { describeClock } from '../control/clock-routes.ts'
import { createFaults, type Faults } from '../control/faults/faults.ts'
import { injectFaults } from '../control/faults/hooks.ts'
import { healthRoutes } from '../control/health.ts'
import { createHeldRequests, type HeldRequests } from '../control/held-requests.ts'
import { createJournal, type Journal } from '../control/journal/journal.ts'
import { controlRoutes } from '../control/routes.ts'
import { validate } from '../http/body.ts'
import { createCallerChecks, type CallerChecks } from '../http/callers.ts'
import type { InjectFaults, Services } from '../http/services.ts'
import { readTarget } from '../http/target.ts'
import { igdbRoutes } from '../igdb/routes.ts'
import { showColors } from '../neighbours/colors.ts'
import { neighbourRoutes } from '../neighbours/neighbours.ts'
import { documentRoutes } from '../openapi/routes.ts'
import { createFeed } from '../operations/feed.ts'
import { createOperations } from '../operations/operations.ts'
import { notifyRoutes } from '../rta/notify/routes.ts'
import { createRealTime, type RealTimeService } from '../rta/real-time.ts'
import { rtaRoutes } from '../rta/rta.ts'
import { createRateLimit } from '../rules/rate-limit.ts'
import { signInRoutes } from '../sign-in/routes.ts'
import { watchFile } from '../store/file-watch.ts'
import { prepareStore } from '../store/store.ts'
import { WriteQueue } from '../store/write-queue.ts'
import { showPicture } from '../xbox/routes/show-picture.ts'
import { xboxRoutes } from '../xbox/xbox.ts'
import { urlOf } from './address.ts'
import { requireConfiguredUsers } from './configured-users.ts'
import { Connections } from './connections.ts'
import { createErrorAnswers } from './error-answers.ts'
import { addHooks } from './hooks.ts'
import { createLog } from './log.ts'
import { limitsOf, prepareServer } from './node-server.ts'
import { ROUTER } from './routing.ts'
import { answerUpgrades } from './upgrade.ts'

/** How large the body of a request may be by default, in bytes: no update that a title sends comes near it. */
const MAX_BODY_SIZE = 256 * 1024

/** The application, and the parts of it that a process may use besides sending requests. */
export interface EmulatorApp {
  readonly app: FastifyInstance
  readonly connections: Connections
  readonly queue: WriteQueue
  readonly services: Services
  readonly faults: Faults
  readonly holds: HeldRequests
  readonly journal: Journal
  /** It has no connections when real-time activity is left out. */
  readonly realTime: RealTimeService
  /** Where it listens. Whoever listens for HTTPS says so here. */
  readonly addresses: Addresses
  /** Goes back to the start: the world, and everything that was kept or set up beside it. */
  readonly resetEverything: () => void
}

/** What an application depends on, besides its configuration. */
interface AppDependencies {
  /** An open database that holds a world. */
  readonly database: Database
  readonly clock: Clock
  /** Where log lines go; by default standard error. */
  readonly logTo?: Writable
  /** Creates the caches of answers and of their parts; a test replaces it. */
  readonly createCache?: CreateCache
  /** Called with each warning about the database file; by default they are logged. */
  readonly warn?: (line: string) => void
  /** How long a write waits for another process that writes to the same file, in ms. */
  readonly longestWait?: number
  /** When connections are looked at; a test replaces it. */
  readonly timers?: Timers
}

/** The emulator as a Fastify application: hooks first, then every room's routes. */
export function buildApp (config: Config, { database, clock, logTo, createCache, warn, longestWait, timers = systemTimers }: AppDependencies): EmulatorApp {
  const { app, connections } = createServer(config, { logTo, timers })
  const queue = new WriteQueue(database, longestWait)
  const { store, transact } = openStore(app, { config, database, createCache, queue, warn: warn ?? ((line) => app.log.warn(line)) })
  const forgets: Array<() => void> = []
  const adjustable: AdjustableClock = createClock(clock, () => { feed.publish([{ kind: 'clock', ...describeClock(adjustable) }]) })
  const feed = createFeed(adjustable, { log: { changes: store.changes, transact } })
  const rateLimit = createRateLimit(config.rateLimit, (limits) => { feed.publish([{ kind: 'rateLimit', limits }]) })
  const services: Services = { config, store, operations: createOperations(transact, feed.transactions), feed, clock: adjustable, rateLimit, onReset: (forget) => { forgets.push(forget) } }
  const [faults, holds] = [createFaults((what, id) => { feed.publish([{ kind: 'fault', what, id }]) }), createHeldRequests()]
  const journal = createJournal(config.journal, { answers: config.journalAnswers, onChange: (what, answers) => { feed.publish([{ kind: 'journal', what, answers }]) } })
  forgets.push(() => { services.clock.shift(0) }, faults.clear, rateLimit.reset, journal.reset, holds.release)
  const resetEverything = (): void => {
    // First, because it alone can fail: another process may be writing.
    services.operations.run('everything.reset', {})
    for (const forget of forgets) forget()
  }
  const realTime = createRealTime(services, { recordFrame: (frame) => journal.addFrame(frame, adjustable.now()), report: (error) => app.log.error(error), timers })
  const emulator: EmulatorApp = { app, connections, queue, services, faults, holds, journal, realTime, resetEverything, addresses: { http: () => app.server.listening ? urlOf(app) : null, https: null } }
  const callers = createCallerChecks(config)
  addHooks(app, { ...emulator, callers })
  // In preClose, because the server then waits for the requests that are still handled.
  app.addHook('preClose', async () => {
    emulator.holds.stop()
    emulator.journal.stop()
    emulator.realTime.stop()
  })
  // What serves connections has ended them before: in preClose.
  app.addHook('onClose', async () => feed.close())
  addRooms({ ...emulator, timers }, callers)
  return emulator
}

/** Adds the routes of every room that is served. Each room has one scope, so that its hooks do not run for the others. */
function addRooms (emulator: EmulatorApp & { readonly timers: Timers }, { requireOwnName }: CallerChecks): void {
  const { app, services, services: { config }, faults, holds } = emulator
  const inject: InjectFaults = (scope, traits) => injectFaults(scope, { faults, holds, timeout: config.requestTimeout, ...traits })

  app.register(async (scope) => xboxRoutes(scope, services, inject))
  if (config.igdb) app.register(async (scope) => igdbRoutes(scope, services, inject))
  if (config.signIn) app.register(async (scope) => signInRoutes(scope, services, inject))
  if (config.neighbours) app.register(async (scope) => neighbourRoutes(scope, services, inject))
  if (config.rta) app.register(async (scope) => rtaRoutes(scope, services, { realTime: emulator.realTime, injectFaults: inject }))
  if (config.rta) app.register(async (scope) => notifyRoutes(scope, services, inject))
  app.register(async (scope) => showPicture(scope))
  app.register(async (scope) => showColors(scope))
  app.register(async (scope) => healthRoutes(scope, services))
  if (!config.control) return
  app.register(async (own) => {
    own.addHook('onRequest', async (request) => { requireOwnName(request) })
    own.register(async (scope) => controlRoutes(scope, services, emulator))
    own.register(async (scope) => documentRoutes(scope, services))
    own.register(async (scope) => consoleRoutes(scope))
  })
}

/** A Fastify application without hooks and routes, and the connections of its server. */
function createServer (config: Config, { logTo, timers }: { logTo: Writable | undefined, timers: Timers }): Pick<EmulatorApp, 'app' | 'connections'> {
  const errors = createErrorAnswers(config)
  const app: FastifyInstance = Fastify({
    ...createLog(config.logLevel, logTo),
    ...limitsOf(config.requestTimeout),
    bodyLimit: MAX_BODY_SIZE,
    rewriteUrl: config.control ? (request) => leadToPage(readTarget(request), request) : readTarget,
    routerOptions: { ...ROUTER, querystringParser: (text) => new URLSearchParams(text) as unknown as Record<string, string> },
    // Given from the start: otherwise Fastify loads its own compilers, which takes 20 ms.
    schemaController: {
      compilersFactory: {
        // Fastify's type for it is that of Ajv alone.
        buildValidator: () => compileValidator as never,
        // Never called: no route has a schema for its responses.
        buildSerializer: compileValidator as never
      }
    },
    frameworkErrors: errors.onBadUrl,
    clientErrorHandler: (error, socket) => errors.onBadHttp(error, socket, { log: app.log, connections }),
    // A request on an open connection is answered while the server closes.
    return503OnClosing: false
  })
  const connections = new Connections(app.server, config.requestTimeout, timers)
  app.setErrorHandler(errors.onError)
  prepareServer(app, connections, errors)
  if (config.rta) answerUpgrades(app.server, connections)
  return { app, connections }
}

const compileValidator = ({ schema }: { schema: TSchema }) => (value: unknown) => validate(schema, value)

/** The store of a database; its writes are refused once the database file is gone, and wait in the queue for other processes. */
function openStore (app: FastifyInstance, { config, database, createCache, queue, warn }: {
  config: Config, database: Database, createCache: CreateCache | undefined, queue: WriteQueue, warn: (line: string) => void
}): ReturnType<typeof prepareStore> {
  const prepared = prepareStore(database, createCache, () => {
    file.requireSameFile()
    queue.requireTurn()
  })
  // Before the file is watched, which only an application that is made ends.
  requireConfiguredUsers(config, prepared.store)
  const file = watchFile(database, warn)
  app.addHook('onClose', async () => file.close())
  return prepared
}

import type { Writable } from 'node:stream'
import type { TSchema } from '@sinclair/typebox'
import type { Database } from 'better-sqlite3'
import Fastify, { type FastifyInstance } from 'fastify'
import { createErrorAnswers } from './error-answers.ts'
import { createClock, type Clock } from '../base/clock.ts'
import type { Config } from '../config/config.ts'
import { Connections } from './connections.ts'
import { controlRoutes } from '../control/routes.ts'
import { injectFaults } from '../control/faults/fault-hooks.ts'
import { createFaults, type Faults } from '../control/faults/faults.ts'
import { noProfile } from '../model/refusals.ts'
import { health } from '../control/health.ts'
import { keepJournal } from '../control/journal/journal-hooks.ts'
import { createHolds, type Holds } from '../control/faults/holds.ts'
import { createJournal, type Journal } from '../control/journal/journal.ts'
import { createControl, type Control } from '../operations/operations.ts'
import { igdbRoutes, requireUserKeys } from '../igdb/routes.ts'
import { createCallers, type Callers } from '../http/callers.ts'
import { createLog } from './log.ts'
import { prepareServer } from './server-events.ts'
import { parseJson } from '../http/parse-json.ts'
import { validate } from '../http/validate.ts'
import { nameBody, requireSmallHeaders } from '../http/request-headers.ts'
import { readTarget } from '../http/target.ts'
import { waitForDatabase } from './database-wait.ts'
import { documentRoutes } from '../openapi/routes.ts'
import { refuseUnknown, ROUTER } from './routing.ts'
import { showPicture } from '../xbox/routes/show-picture.ts'
import { xboxRoutes } from '../xbox/xbox.ts'
import { beginAnswer } from '../http/answer-headers.ts'
import { oauthRoutes } from '../sign-in/oauth-routes.ts'
import { createSignIn } from '../operations/sign-in.ts'
import { tokenRoutes } from '../sign-in/token-routes.ts'
import { watchFile } from '../store/file-watch.ts'
import { prepareStore } from '../store/store.ts'
import type { CreateCache } from '../base/cache.ts'
import { createWriteQueue, type WriteQueue } from '../store/write-queue.ts'
import type { Services } from '../http/services.ts'

/** Of all but worlds and sign-ins, in bytes: no update that a title sends comes near it. */
const LARGEST_BODY = 256 * 1024

/** A schema of a route as a function. */
const compile = ({ schema }: { schema: TSchema }) => (value: unknown) => validate(schema, value)

/** What a test process may do with the emulator besides sending requests. */
export interface Emulator {
  readonly app: FastifyInstance
  readonly connections: Connections
  readonly queue: WriteQueue
  readonly services: Services
  readonly control: Control
  readonly faults: Faults
  readonly holds: Holds
  readonly journal: Journal
}

/**
 * The emulator as a Fastify application: every hook and route, in order.
 *
 * @param database an open database that holds a world.
 * @param logTo where log lines go; by default standard output.
 * @param createCache makes what remembers answers and what they are made of; a test has other ones.
 * @param tell is told what a person has to know of the database file; by default the log.
 * @param longestWait how long a write waits for another process that writes to the same file, in ms.
 */
export function buildApp (config: Config, { database, clock, logTo, createCache, tell, longestWait }: {
  database: Database, clock: Clock, logTo?: Writable, createCache?: CreateCache, tell?: (line: string) => void, longestWait?: number
}): Emulator {
  const errors = createErrorAnswers(config)
  const app: FastifyInstance = Fastify({
    ...createLog(config.logLevel, logTo),
    bodyLimit: LARGEST_BODY,
    // Until it has arrived whole. Node looks for late ones at this interval.
    requestTimeout: config.requestTimeout,
    // A client that reads nothing: see connections.ts.
    connectionTimeout: config.requestTimeout,
    rewriteUrl: readTarget,
    http: { requestTimeout: config.requestTimeout, headersTimeout: config.requestTimeout, connectionsCheckingInterval: Math.min(config.requestTimeout, 1000), requireHostHeader: false },
    routerOptions: { ...ROUTER, querystringParser: (text) => new URLSearchParams(text) as unknown as Record<string, string> },
    // Ours from the start: Fastify loads its own, which take 20 ms, where these are not given.
    schemaController: {
      compilersFactory: {
        // Its type is Ajv's alone.
        buildValidator: () => compile as never,
        // Never called: no route has a schema of its answers.
        buildSerializer: compile as never
      }
    },
    frameworkErrors: errors.onBadUrl,
    clientErrorHandler: (error, socket) => errors.onBadHttp(error, socket, { log: app.log, connections }),
    // A request on an open connection is answered while the server closes.
    return503OnClosing: false
  })
  const connections = new Connections(app.server, config.requestTimeout)
  const queue = createWriteQueue(database, longestWait)
  const file = watchFile(database, tell ?? ((line) => app.log.warn(line)))
  app.addHook('onClose', async () => file.close())
  const store = prepareStore(database, createCache, () => {
    file.require()
    queue.admit()
  })
  const services: Services = { config, store, clock: createClock(clock) }
  const emulator: Emulator = {
    app, connections, queue, services, control: createControl(services), faults: createFaults(), holds: createHolds(), journal: createJournal(config.journal)
  }
  app.setErrorHandler(errors.onError)
  prepareServer(app, connections, errors)
  const callers = createCallers(config)
  registerHooks(emulator, callers)
  waitForDatabase(app, queue)
  // Before the server waits for what is under way.
  app.addHook('preClose', async () => emulator.holds.stop())
  registerRoutes(emulator, callers)
  return emulator
}

function registerHooks ({ app, services, journal }: Emulator, { requireKnown }: Callers): void {
  app.decorateRequest('now', 0)
  app.decorateRequest('form')
  app.decorateRequest('session')
  app.decorateRequest('refusal')
  app.decorateRequest('isFaulty', false)
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, async (_request: unknown, body: string) => parseJson(body))
  const refuse = refuseUnknown(app)
  app.addHook('onRequest', (request, reply, done) => {
    request.now = services.clock.now()
    nameBody(request.headers)
    beginAnswer(request, reply, services.config.dialect)
    if (request.raw.httpVersionMajor === 2) requireSmallHeaders(request.raw)
    requireKnown(request)
    if (request.is404) throw refuse(request)
    done()
  })
  keepJournal(app, journal)
}

function registerRoutes (emulator: Emulator, { requireOwnName }: Callers): void {
  const { app, services } = emulator
  const scope = { ...emulator, timeout: services.config.requestTimeout }
  app.register(async (service) => {
    xboxRoutes(service, services, () => injectFaults(service, { ...scope, hasClaims: true }))
  })
  if (services.config.igdb) {
    app.register(async (view) => {
      requireUserKeys(view, services)
      injectFaults(view, scope)
      igdbRoutes(view, services)
    })
  }
  app.register(async (own) => {
    health(own, services)
    showPicture(own)
  })
  if (services.config.signIn) {
    const signIn = createSignIn(services.store)
    app.register(async (hosts) => {
      injectFaults(hosts, { ...scope, refuse: noProfile })
      hosts.register(async (live) => { oauthRoutes(live, services, signIn) })
      hosts.register(async (auth) => { tokenRoutes(auth, signIn) })
    })
  }
  if (services.config.control) {
    app.register(async (own) => {
      own.addHook('onRequest', async (request) => { requireOwnName(request) })
      own.register(async (control) => { controlRoutes(control, services, emulator) })
      documentRoutes(own, services.config)
    })
  }
}

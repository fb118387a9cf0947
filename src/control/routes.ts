import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Timers } from '../base/timers.ts'
import type { Config } from '../config/config.ts'
import type { RealTime } from '../http/real-time.ts'
import type { Services } from '../http/services.ts'
import { pathOf } from '../http/target.ts'
import { invalidRequest, noControlKey } from '../model/refusals.ts'
import { aboutRoutes, type Addresses } from './about.ts'
import { clockRoutes } from './clock-routes.ts'
import { deviceCodeRoutes } from './device-code-routes.ts'
import { differenceRoutes } from './difference-routes.ts'
import { eventRoutes, type AnswerLimits } from './events/routes.ts'
import type { Faults } from './faults/faults.ts'
import { faultRoutes } from './faults/routes.ts'
import type { HeldRequests } from './held-requests.ts'
import type { Journal } from './journal/journal.ts'
import { importRoutes } from './import-routes.ts'
import { journalRoutes } from './journal/routes.ts'
import { rateLimitRoutes } from './rate-limit-routes.ts'
import { realTimeRoutes } from './real-time-routes.ts'
import { sessionRoutes } from './session-routes.ts'
import { titleRoutes } from './title-routes.ts'
import { userRoutes } from './user-routes.ts'
import { worldRoutes } from './world-routes.ts'

/** The control API: every route under `/_emulator` with which a test changes the emulator, or sees which requests it has received. */
export function controlRoutes (app: FastifyInstance, services: Services, { faults, journal, holds, connections, realTime, timers, resetEverything, addresses }: {
  faults: Faults, journal: Journal, holds: HeldRequests, connections: AnswerLimits, realTime: RealTime, timers: Timers, resetEverything: () => void, addresses: Addresses
}): void {
  app.addHook('onRequest', async (request) => {
    requireControlKey(request, services.config)
    requireWholePath(request)
  })
  aboutRoutes(app, services, addresses)
  worldRoutes(app, services, resetEverything)
  differenceRoutes(app, services)
  importRoutes(app, services)
  titleRoutes(app, services)
  sessionRoutes(app, services)
  deviceCodeRoutes(app, services)
  userRoutes(app, services)
  clockRoutes(app, services.clock)
  faultRoutes(app, faults)
  rateLimitRoutes(app, services)
  journalRoutes(app, { journal, holds, config: services.config })
  eventRoutes(app, { services, journal, holds, connections, timers })
  if (services.config.rta) realTimeRoutes(app, { store: services.store, realTime })
}

/** @throws 401 when a control key is configured and the request does not carry it. */
function requireControlKey (request: FastifyRequest, config: Config): void {
  if (!hasControlKey(request, config)) throw noControlKey()
}

/** True when no control key is configured, or the request carries it. */
export function hasControlKey ({ headers }: Pick<FastifyRequest, 'headers'>, { controlKey }: Pick<Config, 'controlKey'>): boolean {
  if (controlKey === null) return true
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(headers.authorization ?? ''), digest(`Bearer ${controlKey}`))
}

/**
 * A slash at the end of a path is ignored elsewhere. Here an id that is missing behind it, an empty variable of a script
 * say, would let more be deleted than was meant.
 *
 * @throws 400 for a DELETE whose path ends with a slash.
 */
function requireWholePath (request: FastifyRequest): void {
  if (request.method === 'DELETE' && pathOf(request).endsWith('/')) throw invalidRequest('The path ends with a slash; expected an id behind it, or no slash.')
}

import type { FastifyInstance } from 'fastify'
import type { Services } from '../http/services.ts'
import { clockRoutes } from './clock-routes.ts'
import { requireControlKey } from './protection.ts'
import { faultRoutes } from './faults/routes.ts'
import type { Faults } from './faults/faults.ts'
import type { Journal } from './journal/journal.ts'
import { journalRoutes } from './journal/routes.ts'
import { sessionRoutes } from './session-routes.ts'
import { userRoutes } from './user-routes.ts'
import { worldRoutes } from './world-routes.ts'

/** The control API: every route under `/_emulator` with which a test changes the emulator or sees what it was asked. */
export function controlRoutes (app: FastifyInstance, services: Services, { faults, journal }: { faults: Faults, journal: Journal }): void {
  app.addHook('onRequest', async (request) => { requireControlKey(request, services.config) })
  worldRoutes(app, services)
  sessionRoutes(app, services.operations)
  userRoutes(app, services.operations)
  clockRoutes(app, services.clock)
  faultRoutes(app, faults)
  journalRoutes(app, journal)
}

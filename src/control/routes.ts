import type { FastifyInstance } from 'fastify'
import type { Services } from '../http/services.ts'
import { clockRoutes } from './clock-routes.ts'
import { requireControlKey } from './protection.ts'
import { faultRoutes } from './faults/fault-routes.ts'
import type { Faults } from './faults/faults.ts'
import type { Journal } from './journal/journal.ts'
import { requestRoutes } from './journal/journal-routes.ts'
import { sessionRoutes } from './session-routes.ts'
import { userRoutes } from './user-routes.ts'
import { worldRoutes } from './world-routes.ts'

/** The control API: everything under `/_emulator` that changes the emulator, or shows what it was asked. */
export function controlRoutes (app: FastifyInstance, services: Services, { faults, journal }: { faults: Faults, journal: Journal }): void {
  app.addHook('onRequest', async (request) => { requireControlKey(request, services.config) })
  worldRoutes(app, services)
  sessionRoutes(app, services.operations)
  userRoutes(app, services.operations)
  clockRoutes(app, services.clock)
  faultRoutes(app, faults)
  requestRoutes(app, journal)
}

import type { FastifyInstance } from 'fastify'
import type { InjectFaults, Services } from '../http/services.ts'
import { liveRoutes } from './live-routes.ts'
import { microsoftRoutes } from './microsoft-routes.ts'
import { xalRoutes } from './xal-routes.ts'

/** The routes of the sign-in hosts. The families of them read bodies and refuse in different ways, and so have a scope each. */
export function signInRoutes (app: FastifyInstance, services: Services, injectFaults: InjectFaults): void {
  app.register(async (scope) => liveRoutes(scope, services, injectFaults))
  app.register(async (scope) => microsoftRoutes(scope, services, injectFaults))
  app.register(async (scope) => xalRoutes(scope, services, injectFaults))
}

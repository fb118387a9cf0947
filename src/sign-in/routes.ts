import type { FastifyInstance } from 'fastify'
import type { InjectFaults, Services } from '../http/services.ts'
import { noXboxProfile } from '../model/refusals.ts'
import { oauthRoutes } from './oauth-routes.ts'
import { tokenRoutes } from './token-routes.ts'

/** The routes of the sign-in hosts. The two families of them read bodies in different ways, and so have a scope each. */
export function signInRoutes (app: FastifyInstance, services: Services, injectFaults: InjectFaults): void {
  injectFaults(app, { refuse: noXboxProfile })
  app.register(async (scope) => oauthRoutes(scope, services))
  app.register(async (scope) => tokenRoutes(scope, services))
}

import type { FastifyInstance } from 'fastify'
import { setHosts } from '../http/host-routes.ts'
import type { InjectFaults, Services } from '../http/services.ts'
import { noXboxProfile } from '../model/refusals.ts'
import { oauthRoutes } from './oauth-routes.ts'
import { xalRoutes } from './xal-routes.ts'

/** The routes of the sign-in hosts. The families of them read bodies and refuse in different ways, and so have a scope each. */
export function signInRoutes (app: FastifyInstance, services: Services, injectFaults: InjectFaults): void {
  app.register(async (scope) => {
    injectFaults(scope, { refuse: noXboxProfile })
    setHosts(scope, ['login.live.com'])
    oauthRoutes(scope, services)
  })
  app.register(async (scope) => xalRoutes(scope, services, injectFaults))
}

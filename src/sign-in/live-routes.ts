import type { FastifyInstance } from 'fastify'
import { setHosts } from '../http/host-routes.ts'
import type { InjectFaults, Services } from '../http/services.ts'
import { authorizeRoutes } from './authorize.ts'
import { devicePageRoutes } from './device-page.ts'
import { oauthTokenRoutes } from './oauth-token.ts'
import { parseParameters } from './parameters.ts'
import { LIVE_HOST } from './refusal-forms.ts'

/** The routes of login.live.com. (docs/decisions/0044-sign-in-flows.md) */
export function liveRoutes (app: FastifyInstance, services: Services, injectFaults: InjectFaults): void {
  setHosts(app, [LIVE_HOST])
  injectFaults(app)
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, async (_request: unknown, body: string) => parseParameters(body))
  authorizeRoutes(app, services)
  oauthTokenRoutes(app, services)
  devicePageRoutes(app, services)
}

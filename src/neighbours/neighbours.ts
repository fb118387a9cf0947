import type { FastifyInstance } from 'fastify'
import { createSessionReader } from '../http/authorization.ts'
import { setHosts } from '../http/host-routes.ts'
import { takeLenientJson } from '../http/lenient-body.ts'
import type { InjectFaults, Services } from '../http/services.ts'
import { eraserRoutes } from './eraser.ts'
import { peopleRoutes } from './people.ts'
import { heartbeatRoutes } from './presence-writes.ts'
import { presenceRoutes } from './presence.ts'
import { privacyRoutes } from './privacy.ts'
import { profileRoutes } from './profile.ts'
import { socialRoutes } from './social.ts'
import { titlehubRoutes } from './titlehub.ts'
import { userstatsRoutes } from './userstats.ts'

/** The hosts, each with what adds its routes. */
const HOSTS: ReadonlyArray<readonly [host: string, add: (app: FastifyInstance, services: Services) => void]> = [
  ['eraser.xboxlive.com', eraserRoutes],
  ['titlehub.xboxlive.com', titlehubRoutes],
  ['profile.xboxlive.com', profileRoutes],
  ['userstats.xboxlive.com', userstatsRoutes],
  ['userpresence.xboxlive.com', presenceRoutes],
  ['presence-heartbeat.xboxlive.com', heartbeatRoutes],
  ['peoplehub.xboxlive.com', peopleRoutes],
  ['social.xboxlive.com', socialRoutes],
  ['privacy.xboxlive.com', privacyRoutes]
]

/**
 * The hosts around achievements.xboxlive.com that clients ask on their way: few of their paths, answered from the
 * same world. They know one dialect, and take a body for what it contains. (docs/decisions/0047-neighbours.md)
 */
export function neighbourRoutes (app: FastifyInstance, services: Services, injectFaults: InjectFaults): void {
  const authorize = createSessionReader(services)
  takeLenientJson(app)
  app.addHook('onRequest', (request, _reply, done) => {
    request.session = authorize(request)
    done()
  })
  injectFaults(app, { hasClaims: true })
  for (const [host, add] of HOSTS) {
    app.register(async (scope) => {
      setHosts(scope, [host])
      add(scope, services)
    })
  }
}

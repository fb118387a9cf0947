import type { FastifyInstance } from 'fastify'
import { createSessionReader } from '../http/authorization.ts'
import { setHosts } from '../http/host-routes.ts'
import type { InjectFaults, Services } from '../http/services.ts'
import { connectRoutes, redeemNonce } from './socket/connect.ts'
import type { RealTimeService } from './real-time.ts'

const RTA_HOST = 'rta.xboxlive.com'

/** Real-Time Activity: changes as they happen, over a WebSocket. (docs/decisions/0053-real-time-activity.md) */
export function rtaRoutes (app: FastifyInstance, services: Services, { realTime, injectFaults }: { realTime: RealTimeService, injectFaults: InjectFaults }): void {
  const authorize = createSessionReader(services)
  setHosts(app, [RTA_HOST])
  app.addHook('onRequest', (request, _reply, done) => {
    redeemNonce(request, realTime.nonces)
    request.session = authorize(request)
    done()
  })
  injectFaults(app, { hasClaims: true })
  connectRoutes(app, realTime)
}

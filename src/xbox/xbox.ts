import type { FastifyInstance } from 'fastify'
import { createSessionReader } from '../http/authorization.ts'
import { readHeader } from '../http/headers.ts'
import { setHosts } from '../http/host-routes.ts'
import { ACHIEVEMENTS_HOSTS } from '../http/hosts.ts'
import type { InjectFaults, Services } from '../http/services.ts'
import { checkServiceVersion } from './request/contract-version.ts'
import { getAchievement } from './routes/get-achievement.ts'
import { listAchievements } from './routes/list-achievements.ts'
import { listTitleAchievements } from './routes/list-title-achievements.ts'
import { listTitleHistory } from './routes/list-title-history.ts'
import { updateAchievements } from './routes/update-achievements.ts'
import { addCaches } from './services.ts'

/**
 * What achievements.xboxlive.com serves. Each request passes, in this order, the authorization, the rate limit, the
 * faults that a test has set up, the check of the service version, and then its route.
 *
 * @param injectFaults adds the hooks of the faults. Some of them are for one user, so that they come after
 *   the authorization.
 */
export function xboxRoutes (app: FastifyInstance, services: Services, injectFaults: InjectFaults): void {
  const { rateLimit } = services
  setHosts(app, ACHIEVEMENTS_HOSTS)
  const authorize = createSessionReader(services)
  app.addHook('onRequest', (request, _reply, done) => {
    request.session = authorize(request)
    rateLimit.count(request.session, request.now)
    done()
  })
  injectFaults(app, { hasClaims: true })
  app.addHook('onRequest', (request, _reply, done) => {
    checkServiceVersion(readHeader(request, 'x-requestedserviceversion'))
    done()
  })
  const xbox = addCaches(services)
  listAchievements(app, xbox)
  listTitleAchievements(app, xbox)
  listTitleHistory(app, services)
  getAchievement(app, xbox)
  updateAchievements(app, services)
}

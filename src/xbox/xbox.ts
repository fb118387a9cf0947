import type { FastifyInstance } from 'fastify'
import { readHeader } from '../http/request-headers.ts'
import type { InjectFaults, Services } from '../http/services.ts'
import { createLimit } from '../rules/rate-limit.ts'
import { createViews } from './answers/achievement-cache.ts'
import { createAnswers } from './answers/answer-cache.ts'
import { readAuthorization } from './request/authorization.ts'
import { checkServiceVersion } from './request/contract-version.ts'
import { getAchievement } from './routes/get-achievement.ts'
import { listAchievements } from './routes/list-achievements.ts'
import { listTitleAchievements } from './routes/list-title-achievements.ts'
import { listTitleHistory } from './routes/list-title-history.ts'
import { showPicture } from './routes/show-picture.ts'
import { updateAchievements } from './routes/update-achievements.ts'

/** What achievements.xboxlive.com serves, and the pictures that its answers link to. */
export function xboxRoutes (app: FastifyInstance, services: Services, injectFaults: InjectFaults): void {
  app.register(async (scope) => achievementRoutes(scope, services, injectFaults))
  showPicture(app)
}

/** Checks who calls, how often and in which version; then come the routes. Faults happen once it is known who calls. */
function achievementRoutes (app: FastifyInstance, services: Services, injectFaults: InjectFaults): void {
  const { config, store } = services
  const limit = createLimit(config.rateLimit)
  app.addHook('onRequest', (request, _reply, done) => {
    const { user } = request.params as { user: string }
    request.session = readAuthorization({ header: request.headers.authorization, user }, store.sessions.find, request.now)
    limit(request.session, request.now)
    done()
  })
  injectFaults(app, { hasClaims: true })
  app.addHook('onRequest', (request, _reply, done) => {
    checkServiceVersion(readHeader(request, 'x-requestedserviceversion'))
    done()
  })
  const xbox = { ...services, views: createViews(store), answers: createAnswers(store, config.dialect) }
  listAchievements(app, xbox)
  listTitleAchievements(app, xbox)
  listTitleHistory(app, services)
  getAchievement(app, xbox)
  updateAchievements(app, services)
}

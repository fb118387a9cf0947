import type { FastifyInstance } from 'fastify'
import type { Services } from '../http/services.ts'
import { countRecords } from './count-records.ts'
import { listRecords } from './list-records.ts'
import { scrollRecords } from './scroll-records.ts'
import { createScrolls } from './scrolls.ts'
import { requireUserKey } from './user-key.ts'

/** Lets nobody in without a user key. */
export function requireUserKeys (app: FastifyInstance, { store: { igdb } }: Services): void {
  app.addHook('onRequest', (request, _reply, done) => {
    requireUserKey(request.headers['user-key'], igdb.hasKey)
    done()
  })
}

/** The achievements of the world as IGDB's catalogue has them: everything under `/achievements`. */
export function igdbRoutes (app: FastifyInstance, services: Services): void {
  const scrolls = createScrolls()
  listRecords(app, services, scrolls)
  countRecords(app, services)
  scrollRecords(app, services, scrolls)
}

import type { FastifyInstance } from 'fastify'
import { recordRequests } from '../control/journal/hooks.ts'
import type { Journal } from '../control/journal/journal.ts'
import { parseJson, setContentType } from '../http/body.ts'
import type { CallerChecks } from '../http/callers.ts'
import { allowPage, answerPreflight, isPreflight, readOrigins } from '../http/cors.ts'
import { requireSmallHeaders, setCommonHeaders } from '../http/headers.ts'
import type { Services } from '../http/services.ts'
import type { WriteQueue } from '../store/write-queue.ts'
import { createUnknownRefusals } from './routing.ts'

/** Adds the hooks that every request passes. They come before those of the rooms, and before any route. */
export function addHooks (app: FastifyInstance, { services: { clock, config }, callers, queue, journal }: {
  services: Services, callers: CallerChecks, queue: WriteQueue, journal: Journal
}): void {
  decorateRequests(app)
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, async (_request: unknown, body: string) => parseJson(body))
  const refusalOf = createUnknownRefusals(app, config)
  const origins = readOrigins(config)
  // Before all that refuses.
  recordRequests(app, journal)

  app.addHook('onRequest', (request, reply, done) => {
    request.now = clock.now()
    setContentType(request.headers)
    setCommonHeaders(request, reply, config.dialect)
    const mayRead = allowPage(request, reply, origins)
    if (request.raw.httpVersionMajor === 2) requireSmallHeaders(request.raw)
    callers.requireKnown(request)
    if (mayRead && isPreflight(request)) {
      request.isPreflight = true
      return answerPreflight(request, reply)
    }
    if (request.is404) throw refusalOf(request)
    done()
  })
  retryLocked(app, queue)
}

/** Gives every request its members at once, so that all have one shape in memory. */
function decorateRequests (app: FastifyInstance): void {
  app.decorateRequest('now', 0)
  app.decorateRequest('headerDefaults')
  app.decorateRequest('session')
  app.decorateRequest('refusal')
  app.decorateRequest('isFaulty', false)
  app.decorateRequest('realTimeConnection')
}

/**
 * Queues a request whose handler finds the database locked by another process, and calls the handler again
 * later. A handler therefore reads and checks first, writes in one transaction, and sends last.
 */
function retryLocked (app: FastifyInstance, queue: WriteQueue): void {
  app.addHook('onRoute', (route) => {
    const { handler } = route
    route.handler = function (request, reply) {
      const result: unknown = queue.run(() => handler.call(this, request, reply))
      // A handler that sends its response itself returns nothing. Fastify would take a promise of nothing for an empty response.
      return result instanceof Promise ? result.then((body) => body ?? reply) : result
    }
  })
  // In preClose, because the server then waits for the requests that are still handled.
  app.addHook('preClose', async () => queue.close())
}

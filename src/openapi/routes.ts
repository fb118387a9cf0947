import type { FastifyInstance } from 'fastify'
import { hasControlKey } from '../control/routes.ts'
import { originOf } from '../http/origin.ts'
import type { Services } from '../http/services.ts'

/**
 * `GET /_emulator/openapi.json`. It needs no control key: without it the document shows what the routes are, and nothing of the
 * world. Its code is loaded when it is asked for: most emulators never need it, and a start would wait for it.
 */
export function documentRoutes (app: FastifyInstance, services: Services): void {
  app.get('/_emulator/openapi.json', async (request) => {
    const { createDocument } = await import('./document.ts')
    return createDocument(services, { origin: originOf(request), maySeeWorld: hasControlKey(request, services.config), now: request.now })
  })
}

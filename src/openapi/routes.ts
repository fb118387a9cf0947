import type { FastifyInstance } from 'fastify'
import { hasControlKey } from '../control/routes.ts'
import { originOf } from '../http/origin.ts'
import type { Services } from '../http/services.ts'
import { pathOf } from '../http/target.ts'
import { notFound } from '../model/refusals.ts'

/** The page may load and run nothing but its own files. Inline styles are allowed because Swagger UI writes some. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'", "base-uri 'none'", "connect-src 'self'", "form-action 'none'", "frame-ancestors 'none'",
  "img-src 'self' data:", "script-src 'self'", "style-src 'self' 'unsafe-inline'"
].map((directive) => `${directive};`).join(' ')

/**
 * `GET /_emulator/openapi.json` and, as a page, `GET /_emulator/docs`. Neither needs the control key: without it
 * they show what the routes are, and nothing of the world. The code of both is loaded when it is asked
 * for: most emulators never need it, and a start would wait for it.
 */
export function documentRoutes (app: FastifyInstance, services: Services): void {
  app.get('/_emulator/openapi.json', async (request) => {
    const { createDocument } = await import('./document.ts')
    return createDocument(services, { origin: originOf(request), maySeeWorld: hasControlKey(request, services.config), now: request.now })
  })

  app.get('/_emulator/docs', async (_request, reply) => {
    const { PAGE } = await import('./swagger-ui.ts')
    return reply.headers({ 'content-type': 'text/html; charset=utf-8', 'content-security-policy': CONTENT_SECURITY_POLICY }).send(PAGE)
  })

  // The document leaves these out: they are parts of the page.
  app.get<{ Params: { file: string } }>('/_emulator/docs/static/:file', async (request, reply) => {
    const { readPageFile } = await import('./swagger-ui.ts')
    const found = await readPageFile(request.params.file)
    if (found === undefined) throw notFound(`${pathOf(request)} is not a path of this service.`)
    return reply.headers({ 'content-type': found.type, 'content-security-policy': CONTENT_SECURITY_POLICY }).send(found.body)
  })
}

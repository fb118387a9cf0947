import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { guid, object } from '../../http/answer-schema.ts'
import { createSessionReader } from '../../http/authorization.ts'
import { readVersionHeader } from '../../http/contract-header.ts'
import { setHosts } from '../../http/host-routes.ts'
import { parseLenientJson } from '../../http/lenient-body.ts'
import { sendJson } from '../../http/send.ts'
import type { InjectFaults, Services } from '../../http/services.ts'
import { requireUser } from '../../rules/access.ts'
import { createEndpointReader } from './endpoint-request.ts'
import { NOTIFY_HOST } from './notified-title.ts'

export const EndpointAnswer = object({ endpointId: guid('Its id, by which it is deleted.') }, { title: 'NotificationEndpoint', description: 'What was registered.' })

const ENDPOINTS = '/system/notifications/endpoints'

/** notify.xboxlive.com: where clients say which notifications they want, and where. (docs/decisions/0055-unlock-notifications.md) */
export function notifyRoutes (app: FastifyInstance, services: Services, injectFaults: InjectFaults): void {
  const { config, operations } = services
  const authorize = createSessionReader(services)
  const readEndpoint = createEndpointReader(config)
  setHosts(app, [NOTIFY_HOST])
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, async (_request: unknown, body: string) => parseLenientJson(body))
  app.addHook('onRequest', (request, _reply, done) => {
    request.session = authorize(request)
    done()
  })
  injectFaults(app, { hasClaims: true })
  // Before a body is read, so that this refusal goes before those of the body.
  app.addHook('onRequest', async (request) => { readVersionHeader(request) })

  app.post(ENDPOINTS, (request, reply) => {
    const endpointId = randomUUID()
    operations.run('endpoint.put', { endpointId, ...readEndpoint(request), now: request.now })
    return sendJson(reply, { endpointId })
  })

  app.delete<{ Params: { endpointId: string } }>(`${ENDPOINTS}/:endpointId`, ({ session, params: { endpointId } }, reply) => {
    operations.run('endpoint.delete', { xuid: requireUser(session), endpointId: endpointId.toLowerCase() })
    return reply.send()
  })
}

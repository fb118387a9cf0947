import type { FastifyInstance } from 'fastify'
import { groupOfHost } from './hosts.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /**
     * The hosts of Xbox Live whose path the route is; under the names of the others it is unknown. None: it is unknown
     * under all of them. Undefined: it has this path under every name.
     */
    hosts?: readonly string[]
  }
}

const JSON_WITH_CHARSET = 'application/json; charset=utf-8'

/**
 * Says of which hosts the routes are that are added to an instance from here on. Answers of other hosts than that of
 * the achievements name no charset, in either dialect. (docs/decisions/0050-hosts.md)
 */
export function setHosts (app: FastifyInstance, hosts: readonly string[]): void {
  app.addHook('onRoute', (route) => {
    route.config = { ...route.config, hosts }
    route.constraints = { ...route.constraints, xboxHosts: hosts }
  })
  if (!hosts.some((host) => groupOfHost(host) !== 'achievements')) return
  app.addHook('onSend', (_request, reply, payload, done) => {
    // Fastify's own for an object that a handler returns.
    if (reply.getHeader('content-type') === JSON_WITH_CHARSET) reply.header('content-type', 'application/json')
    done(null, payload)
  })
}

import type { FastifyInstance } from 'fastify'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The hosts whose path the route is; under the name of another host of Xbox Live it is unknown. Undefined: of every name. */
    hosts?: readonly string[]
  }
}

/** Says of which hosts the routes are that are added to an instance from here on. */
export function setHosts (app: FastifyInstance, hosts: readonly string[]): void {
  app.addHook('onRoute', (route) => { route.config = { ...route.config, hosts } })
}

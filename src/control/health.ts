import type { FastifyInstance } from 'fastify'
import { VERSION } from '../base/version.ts'
import { PUBLIC_ROUTE } from '../http/callers.ts'
import type { Services } from '../http/services.ts'
import type { Dialect } from '../model/dialect.ts'

/** What is served. */
export interface Health {
  readonly status: 'ok'
  /** The version of the emulator. */
  readonly version: string
  readonly dialect: Dialect
  /** How large the world is. */
  readonly world: { readonly titles: number, readonly achievements: number, readonly users: number }
}

export const describeHealth = ({ config, store }: Services): Health =>
  ({ status: 'ok', version: VERSION, dialect: config.dialect, world: store.catalogue.count() })

/**
 * `GET /_emulator/health` describes what is served; `GET /_emulator/ready` is answered once it can be used. Both answer any
 * caller, under any host name and without the control key: the health check of an orchestrator knows neither, and
 * they show nothing secret.
 */
export function healthRoutes (app: FastifyInstance, services: Services): void {
  app.get('/_emulator/health', { config: PUBLIC_ROUTE }, () => describeHealth(services))

  // Always ready: the emulator listens only once its world is in the database.
  app.get('/_emulator/ready', { config: PUBLIC_ROUTE }, () => ({ status: 'ready' }))
}

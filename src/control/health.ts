import type { FastifyInstance } from 'fastify'
import { OPEN } from '../http/callers.ts'
import type { Services } from '../http/services.ts'
import { VERSION } from '../base/version.ts'

/**
 * `GET /_emulator/health`: that it answers, and what it serves; `GET /_emulator/ready`: that it can be used. They
 * tell nothing that is worth hiding, and answer whoever asks: health checks know no names.
 */
export function health (app: FastifyInstance, { config, store }: Services): void {
  app.get('/_emulator/health', { config: OPEN }, () => ({
    status: 'ok',
    version: VERSION,
    dialect: config.dialect,
    world: store.catalogue.count()
  }))

  // It listens once the world is there.
  app.get('/_emulator/ready', { config: OPEN }, () => ({ status: 'ready' }))
}

import type { FastifyInstance } from 'fastify'
import type { Services } from '../services.ts'
import { VERSION } from '../version.ts'

/** `GET /_emulator/health`: that it answers, and what it serves; `GET /_emulator/ready`: that it can be used. */
export function health (app: FastifyInstance, { config, store }: Services): void {
  app.get('/_emulator/health', () => ({
    status: 'ok',
    version: VERSION,
    dialect: config.dialect,
    world: store.catalogue.count()
  }))

  // It listens once the world is there.
  app.get('/_emulator/ready', () => ({ status: 'ready' }))
}

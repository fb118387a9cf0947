import { constants } from 'node:buffer'
import { getHeapStatistics } from 'node:v8'
import type { FastifyInstance } from 'fastify'
import { sendPieces } from '../http/send.ts'
import type { Services } from '../http/services.ts'
import { requireWorld } from '../operations/world.ts'
import { writeWorld } from '../world/world-text.ts'

/** The longest world document, in bytes: its text has to fit a string, and it takes many times as much memory while it is read. */
const LARGEST_WORLD = Math.min(constants.MAX_STRING_LENGTH, Math.floor(getHeapStatistics().heap_size_limit / 16))

/** The whole world: reset, export, replacement and merge. */
export function worldRoutes (app: FastifyInstance, { store: { catalogue, world }, operations: { run } }: Services): void {
  app.post('/_emulator/reset', () => {
    run('world.reset', {})
    return { world: catalogue.count() }
  })

  app.get('/_emulator/world', (_request, reply) => sendPieces(reply, writeWorld(world.export())))

  app.put('/_emulator/world', { bodyLimit: LARGEST_WORLD }, (request) => {
    run('world.replace', { world: requireWorld('world', request.body), source: 'PUT /_emulator/world' })
    return { world: catalogue.count() }
  })

  app.patch('/_emulator/world', { bodyLimit: LARGEST_WORLD }, (request) => {
    run('world.merge', { part: request.body })
    return { world: catalogue.count() }
  })
}

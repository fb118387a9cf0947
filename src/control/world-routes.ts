import { constants } from 'node:buffer'
import { Readable } from 'node:stream'
import { getHeapStatistics } from 'node:v8'
import type { FastifyInstance } from 'fastify'
import { inTurns } from '../http/pieces.ts'
import type { Services } from '../http/services.ts'
import { writeWorld } from '../world/text.ts'
import type { Control } from '../operations/operations.ts'

/** A world document may be large, in bytes: while it is read it takes many times as much memory, and its text has to fit a string. */
const LARGEST_WORLD = Math.min(constants.MAX_STRING_LENGTH, Math.floor(getHeapStatistics().heap_size_limit / 16))

/** The whole world: back, out, in. */
export function worldRoutes (app: FastifyInstance, control: Control, { store: { catalogue } }: Services): void {
  app.post('/_emulator/reset', () => {
    control.reset()
    return { world: catalogue.count() }
  })

  app.get('/_emulator/world', (_request, reply) => {
    return reply.type('application/json; charset=utf-8').send(Readable.from(inTurns(writeWorld(control.exportWorld()))))
  })

  app.put('/_emulator/world', { bodyLimit: LARGEST_WORLD }, (request) => {
    control.replaceWorld(request.body, 'PUT /_emulator/world')
    return { world: catalogue.count() }
  })

  app.patch('/_emulator/world', { bodyLimit: LARGEST_WORLD }, (request) => {
    control.mergeWorld(request.body)
    return { world: catalogue.count() }
  })
}

import type { FastifyInstance } from 'fastify'
import type { Services } from '../services.ts'
import type { Control } from './operations.ts'

/** A world document may be large. */
const LARGEST_WORLD = 512 * 1024 * 1024

/** The whole world: back, out, in. */
export function worldRoutes (app: FastifyInstance, control: Control, { store: { catalogue } }: Services): void {
  app.post('/_emulator/reset', () => {
    control.reset()
    return { world: catalogue.count() }
  })

  app.get('/_emulator/world', (_request, reply) => {
    reply.type('application/json; charset=utf-8')
    return control.exportText()
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

import type { FastifyInstance } from 'fastify'
import { parseBoolean, Query } from '../http/query.ts'
import { sendPieces } from '../http/send.ts'
import type { Services } from '../http/services.ts'
import { invalidRequest } from '../model/refusals.ts'
import { requireWorld } from '../operations/world.ts'
import { writeWorld } from '../world/world-text.ts'
import { LARGEST_WORLD } from './largest-world.ts'

/** The whole world: reset, export, replacement and merge. */
export function worldRoutes (app: FastifyInstance, { store: { catalogue, world }, operations: { run } }: Services, resetEverything: () => void): void {
  app.post<{ Querystring: URLSearchParams }>('/_emulator/reset', ({ query, body }) => {
    if (readEverything(query, body)) resetEverything()
    else run('world.reset', {})
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

/** Whether a reset takes more back than the world. A body is not read, but one that asks for it is not passed over. */
function readEverything (parameters: URLSearchParams, body: unknown): boolean {
  const query = new Query(parameters)
  query.requireKnown(['everything'])
  if (Object.hasOwn(Object(body), 'everything')) throw invalidRequest('The body has everything; expected it in the query: ?everything=true.')
  return query.one('everything', 'true or false', parseBoolean) ?? false
}

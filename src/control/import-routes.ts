import type { FastifyInstance } from 'fastify'
import { Query } from '../http/query.ts'
import { sendPieces } from '../http/send.ts'
import type { Services } from '../http/services.ts'
import { requireWorld } from '../operations/world.ts'
import { writeWorld } from '../world/world-text.ts'
import { generateUsers, importFiles } from './import.ts'
import { GenerateBody, ImportBody, RestoreBody } from './import-bodies.ts'
import { LARGEST_WORLD } from './largest-world.ts'

/** Files and generated users that become part of the world, and what was there before. */
export function importRoutes (app: FastifyInstance, services: Services): void {
  const { store: { catalogue }, operations: { run } } = services

  app.post<{ Body: ImportBody }>('/_emulator/world/import', { bodyLimit: LARGEST_WORLD, schema: { body: ImportBody } }, async ({ body }) => {
    const done = await importFiles(body, services, run)
    return { ...done, world: catalogue.count() }
  })

  app.post<{ Body: GenerateBody }>('/_emulator/world/generate', { schema: { body: GenerateBody } }, ({ body }) => {
    const done = generateUsers(body, services, run)
    return { ...done, world: catalogue.count() }
  })

  app.get<{ Querystring: URLSearchParams }>('/_emulator/world/start', ({ query }, reply) => {
    new Query(query).requireKnown([])
    return sendPieces(reply, writeWorld(run('world.start', {})))
  })

  app.post<{ Body: RestoreBody }>('/_emulator/world/restore', { bodyLimit: LARGEST_WORLD, schema: { body: RestoreBody } }, ({ body: { world, start, source } }) => {
    run('world.restore', { world: requireWorld('world', world), start: start === null ? null : requireWorld('start', start), source })
    return { world: catalogue.count() }
  })
}

import type { FastifyInstance } from 'fastify'
import { readUnsigned32 } from '../../base/integers.ts'
import { notFound } from '../../model/refusals.ts'
import type { Faults } from './faults.ts'
import { FaultChangeBody, FaultSpec, type RequestFaultChange } from './schema.ts'

/** Routes with which a test sets up faults. */
export function faultRoutes (app: FastifyInstance, faults: Faults): void {
  app.post<{ Body: FaultSpec }>('/_emulator/faults', { schema: { body: FaultSpec } }, (request, reply) => {
    reply.code(201)
    return faults.add(request.body)
  })

  app.get('/_emulator/faults', () => ({ faults: faults.list() }))

  app.patch<{ Params: { id: string }, Body: RequestFaultChange }>('/_emulator/faults/:id', { schema: { body: FaultChangeBody } }, ({ params, body }) => {
    const id = readUnsigned32(params.id)
    const changed = id === undefined ? undefined : faults.change(id, body)
    if (changed === undefined) throw notFound(`There is no fault ${params.id}.`)
    return changed
  })

  app.delete('/_emulator/faults', (_request, reply) => {
    faults.clear()
    reply.code(204).send()
  })

  app.delete<{ Params: { id: string } }>('/_emulator/faults/:id', (request, reply) => {
    const id = readUnsigned32(request.params.id)
    if (id === undefined || !faults.remove(id)) throw notFound(`There is no fault ${request.params.id}.`)
    reply.code(204).send()
  })
}

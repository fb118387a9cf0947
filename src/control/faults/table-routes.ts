import type { TSchema } from '@sinclair/typebox'
import type { FastifyInstance } from 'fastify'
import { readUnsigned32 } from '../../base/integers.ts'
import type { Chance, FaultChange } from '../../http/fault-members.ts'
import type { FaultTable } from '../../http/fault-table.ts'
import { notFound } from '../../model/refusals.ts'

/** The faults of one kind, as the control API has them. */
interface FaultsOfKind<Spec extends Chance> {
  readonly faults: Pick<FaultTable<Spec, never>, 'add' | 'list' | 'change' | 'remove' | 'clear'>
  readonly path: string
  /** What messages say behind the id of a fault. */
  readonly suffix?: string
  readonly body: TSchema
  readonly changeBody: TSchema
}

/** Routes with which a test sets up faults of one kind. */
export function faultTableRoutes<Spec extends Chance> (app: FastifyInstance, { faults, path, suffix, body: specBody, changeBody }: FaultsOfKind<Spec>): void {
  app.post(path, { schema: { body: specBody } }, ({ body }, reply) => {
    reply.code(201)
    return faults.add(body as Spec)
  })

  app.get(path, () => ({ faults: faults.list() }))

  app.patch<{ Params: { id: string } }>(`${path}/:id`, { schema: { body: changeBody } }, ({ params, body }) => {
    const id = readUnsigned32(params.id)
    return requireFault(id === undefined ? undefined : faults.change(id, body as FaultChange<Spec>), params.id, suffix)
  })

  app.delete(path, (_request, reply) => {
    faults.clear()
    reply.code(204).send()
  })

  app.delete<{ Params: { id: string } }>(`${path}/:id`, ({ params }, reply) => {
    const id = readUnsigned32(params.id)
    requireFault((id !== undefined && faults.remove(id)) || undefined, params.id, suffix)
    reply.code(204).send()
  })
}

/** @throws 404 for undefined: there is no fault with the id. */
export function requireFault<T> (found: T | undefined, id: number | string, suffix = ''): T {
  if (found === undefined) throw notFound(`There is no fault ${id}${suffix}.`)
  return found
}

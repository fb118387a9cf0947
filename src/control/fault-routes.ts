import type { FastifyInstance } from 'fastify'
import { invalidRequest, notFound } from '../errors.ts'
import { readUnsigned32 } from '../integers.ts'
import { readXuid } from '../request/path.ts'
import { spellPath } from '../request/target.ts'
import { show } from '../schema-errors.ts'
import { FaultSpec, type Faults } from './faults.ts'

/** What goes wrong. */
export function faultRoutes (app: FastifyInstance, faults: Faults): void {
  app.post<{ Body: FaultSpec }>('/_emulator/faults', { schema: { body: FaultSpec } }, (request, reply) => {
    reply.code(201)
    return faults.add(checkFault(request.body))
  })

  app.get('/_emulator/faults', () => ({ faults: faults.list() }))

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

/**
 * A fault that can happen.
 *
 * @throws 400 when its members contradict each other, or nothing would go wrong.
 */
export function checkFault (spec: FaultSpec): FaultSpec {
  const { path, xuid, status, effect, delay, location } = spec
  if (status === null && effect === null && delay === null) throw invalidRequest('The fault does nothing; expected status, effect or delay.')
  if (status !== null && effect === 'reset') throw invalidRequest('The fault has status and the effect "reset"; expected one of them.')
  if ((location !== null) !== (status === 301 || status === 307)) throw invalidRequest('location goes with the statuses 301 and 307, and with them alone.')
  if (delay !== null && typeof delay === 'object' && delay.min > delay.max) throw invalidRequest(`delay is from ${delay.min} to ${delay.max}; expected max to be no less than min.`)
  return { ...spec, path: path && readPattern(path), xuid: xuid && readXuid(xuid) }
}

/** A pattern in the one spelling that paths have when they are compared. */
function readPattern (path: string): string {
  try {
    decodeURIComponent(path)
  } catch {
    throw invalidRequest(`path is ${show(path)}; expected one that can be decoded.`)
  }
  return spellPath(path)
}

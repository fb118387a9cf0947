import type { Static } from '@sinclair/typebox'
import type { FastifyInstance } from 'fastify'
import { Query } from '../http/query.ts'
import type { Services } from '../http/services.ts'
import { invalidRequest } from '../model/refusals.ts'
import type { DeviceCode } from '../model/session.ts'
import type { DecisionInput } from '../operations/device-codes.ts'
import type { Store } from '../store/store.ts'
import { DeviceDecisionBody } from './body-schemas.ts'
import { readUser } from './named-user.ts'
import { readPageLimit, readKeyedPage, readRow } from './page.ts'

/** A device code as a test sees it: without what the device polls with. */
export type ListedDevice = Omit<DeviceCode, 'deviceCode'>

export const toListedDevice = ({ userCode, clientId, scope, state, xuid, expires }: DeviceCode): ListedDevice => ({ userCode, clientId, scope, state, xuid, expires })

/** The codes with which devices wait for a person. */
export function deviceCodeRoutes (app: FastifyInstance, { store, operations: { run } }: Services): void {
  app.get<{ Querystring: URLSearchParams }>('/_emulator/device-codes', (request) => {
    const query = new Query(request.query)
    query.requireKnown(['limit', 'after'])
    const after = query.one('after', 'what next was of the page before', readRow) ?? 0
    const { entries, next } = readKeyedPage(readPageLimit(query), (limit) => store.deviceCodes.list({ after, limit }), ({ row }) => row)
    return { deviceCodes: entries.map(toListedDevice), next }
  })

  app.put<{ Params: { userCode: string }, Body: Static<typeof DeviceDecisionBody> }>('/_emulator/device-codes/:userCode', { schema: { body: DeviceDecisionBody } }, ({ params, body, now }, reply) => {
    run('deviceCode.decide', toDecision(store, { ...params, ...body }, now))
    reply.code(204).send()
  })
}

/** @throws 400 when a user is named and does not approve, or the other way round; 404 when there is no such user. */
export function toDecision (store: Store, { userCode, decision, user }: { userCode: string } & Static<typeof DeviceDecisionBody>, now: number): DecisionInput {
  if (decision === 'approve' && user === null) throw invalidRequest('The body, at /user: missing, expected the XUID or gamertag of who approves.')
  if (decision !== 'approve' && user !== null) throw invalidRequest(`The body, at /user: found a user, expected none when the decision is "${decision}".`)
  return { userCode, decision, xuid: user === null ? null : readUser(store, user), now }
}

import type { Static } from '@sinclair/typebox'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { readUnsigned32 } from '../base/integers.ts'
import { formatValue } from '../base/validation.ts'
import { requireValid, wrongInput } from '../http/body.ts'
import { wordParser } from '../http/query.ts'
import type { Services } from '../http/services.ts'
import { forbidden, xuidMismatch } from '../model/refusals.ts'
import type { Caller } from '../model/session.ts'
import type { Presence } from '../model/user-details.ts'
import { requireUser } from '../rules/access.ts'
import { type PathUserRoute, readPathXuid, USER_SEGMENT } from './path-user.ts'
import { HeartbeatBody, PresenceTitleBody } from './presence-schemas.ts'

type PresenceTitle = Presence['titles'][number]
type SentTitle = Static<typeof PresenceTitleBody>

/** After how many seconds the next report is expected. Nothing happens when none comes: the emulator lets no presence end by itself. */
const HEARTBEAT_AFTER = '300'

const parseState = wordParser(['Active', 'Inactive'])
const parsePlacement = wordParser(['Full', 'Fill', 'Snapped', 'Background'])

/** The routes of userpresence.xboxlive.com by which a title says that its user is in it, or has left it. */
export function presenceWriteRoutes (app: FastifyInstance, services: Services): void {
  const path = `/users/${USER_SEGMENT}/devices/current/titles/current`
  app.post<PathUserRoute>(path, (request, reply) => {
    const title = readSentTitle(requireValid(PresenceTitleBody, request.body), request.session, '')
    return enter(request, reply, { titles: [title], services })
  })
  app.delete<PathUserRoute>(path, (request, reply) => leave(request, reply, { titleId: request.session.titleId, services }))
}

/** presence-heartbeat.xboxlive.com: the same for all titles of a device. [xau] */
export function heartbeatRoutes (app: FastifyInstance, services: Services): void {
  const path = `/users/${USER_SEGMENT}/devices/current`
  app.post<PathUserRoute>(path, (request, reply) => {
    const { titles } = requireValid(HeartbeatBody, request.body)
    const sent = titles.length === 0 ? [requireValid(PresenceTitleBody, undefined)] : titles
    return enter(request, reply, { titles: sent.map((title, index) => readSentTitle(title, request.session, `/titles/${index}`)), services })
  })
  app.delete<PathUserRoute>(path, (request, reply) => leave(request, reply, { titleId: null, services }))
}

function enter (request: FastifyRequest<PathUserRoute>, reply: FastifyReply, { titles, services }: { titles: readonly PresenceTitle[], services: Services }): FastifyReply {
  services.operations.run('presence.report', { xuid: requireOwnUser(request, services), titles, now: request.now })
  return reply.header('x-heartbeat-after', HEARTBEAT_AFTER).send()
}

function leave (request: FastifyRequest<PathUserRoute>, reply: FastifyReply, { titleId, services }: { titleId: number | null, services: Services }): FastifyReply {
  services.operations.run('presence.end', { xuid: requireOwnUser(request, services), titleId, now: request.now })
  return reply.send()
}

/** @throws 403 when the user in the path is not that of the token. */
function requireOwnUser (request: FastifyRequest<PathUserRoute>, services: Services): string {
  const xuid = requireUser(request.session)
  if (readPathXuid(request, services.store.people) !== xuid) throw xuidMismatch()
  return xuid
}

/** @throws 400 when a member is not what it should be, or no title is meant; 403 when the token is one of another title. */
function readSentTitle ({ id, state, placement, activity }: SentTitle, { titleId: own, anyTitle }: Caller, path: string): PresenceTitle {
  const wrong = (member: string, found: unknown, expected: string) => wrongInput('The body', { path: `${path}/${member}`, message: `found ${formatValue(found)}, expected ${expected}` })
  const named = readUnsigned32(String(id ?? 0))
  if (named === undefined) throw wrong('id', id, 'a title id')
  const titleId = named || own
  if (titleId === null) throw wrong('id', id, 'a title id, because the token carries no title claim')
  if (own !== null && titleId !== own && !anyTitle) throw forbidden(`The body names title ${titleId}, the token is one of title ${own}.`)
  const parsedState = parseState(state ?? 'Active')
  if (parsedState === undefined) throw wrong('state', state, '"active" or "inactive"')
  const parsedPlacement = parsePlacement(placement ?? 'Full')
  if (parsedPlacement === undefined) throw wrong('placement', placement, '"full", "fill", "snapped" or "background"')
  return { titleId, name: null, state: parsedState, placement: parsedPlacement, richPresence: activity?.richpresence?.id ?? null }
}

import type { Static } from '@sinclair/typebox'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { formatValue } from '../base/validation.ts'
import { requireValid, wrongInput } from '../http/body.ts'
import { requireTitleId } from '../http/lenient-body.ts'
import { wordParser } from '../http/query.ts'
import type { Services } from '../http/services.ts'
import { forbidden, xuidMismatch } from '../model/refusals.ts'
import type { Caller } from '../model/session.ts'
import { PLACEMENTS, TITLE_STATES, type PresenceTitle } from '../model/user-details.ts'
import { requireUser } from '../rules/access.ts'
import { type PathUserRoute, readPathXuid, USER_SEGMENT } from './path-user.ts'
import { HeartbeatBody, PresenceTitleBody } from './presence-schemas.ts'

type SentTitle = Static<typeof PresenceTitleBody>

/** After how many seconds the next report is expected. Nothing happens when none comes: the emulator lets no presence end by itself. */
const HEARTBEAT_AFTER = '300'

const parseState = wordParser(TITLE_STATES)
const parsePlacement = wordParser(PLACEMENTS)

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

/** @throws 400 for a title id that is none, and when no title is meant; 403 when the token is one of another title. */
function readSentTitle ({ id, state, placement, activity }: SentTitle, { titleId: own, anyTitle }: Caller, path: string): PresenceTitle {
  const titleId = requireTitleId(id ?? '0', `${path}/id`) || own
  if (titleId === null) throw wrongInput('The body', { path: `${path}/id`, message: `found ${formatValue(id)}, expected a title id, because the token carries no title claim` })
  if (own !== null && titleId !== own && !anyTitle) throw forbidden(`The body names title ${titleId}, the token is one of title ${own}.`)
  return {
    titleId,
    name: null,
    state: parseState(state ?? '') ?? 'Active',
    placement: parsePlacement(placement ?? '') ?? 'Full',
    richPresence: activity?.richpresence?.id ?? null
  }
}

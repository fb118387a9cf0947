import type { FastifyInstance, FastifyRequest } from 'fastify'
import { formatValue } from '../base/validation.ts'
import { requireValid } from '../http/body.ts'
import { requireTitleId } from '../http/lenient-body.ts'
import { Query, wordParser } from '../http/query.ts'
import { sendJson } from '../http/send.ts'
import type { Services } from '../http/services.ts'
import { invalidRequest } from '../model/refusals.ts'
import { requireUser } from '../rules/access.ts'
import { readXuids } from './body.ts'
import { type PathUserRoute, readPathXuid, USER_SEGMENT } from './path-user.ts'
import { listFollowed } from './people-lists.ts'
import { PRESENCE_LEVELS, readNamedPresence, toPresenceRecord, type PresenceFilter, type PresenceLevel } from './presence-record.ts'
import { PresenceBatchBody } from './presence-schemas.ts'
import { presenceWriteRoutes } from './presence-writes.ts'
import { findSeen } from './seen-user.ts'

const parseLevel = wordParser(PRESENCE_LEVELS)

/** A level of detail. Every other text is as none, since clients send such. [people-clients] */
const readLevel = (text: string): PresenceLevel => parseLevel(text) ?? 'title'

/**
 * userpresence.xboxlive.com. Every user has a presence, whatever the privacy setting and whether there is one with that XUID:
 * of whom the caller may see nothing is offline. [people]
 */
export function presenceRoutes (app: FastifyInstance, services: Services): void {
  const { store: { people } } = services
  const toRecord = (request: FastifyRequest, xuid: string, filter: PresenceFilter) => {
    const user = findSeen(request, xuid, services)
    return toPresenceRecord(xuid, user === undefined ? null : readNamedPresence(request, user, services), filter)
  }

  app.get<PathUserRoute>(`/users/${USER_SEGMENT}`, (request, reply) => {
    requireUser(request.session)
    return sendJson(reply, toRecord(request, readPathXuid(request, people), readLevelFilter(request.query)))
  })

  app.post('/users/batch', (request, reply) => {
    requireUser(request.session)
    const { users, onlineonly, ...asked } = requireValid(PresenceBatchBody, request.body)
    const filter = { level: readLevel(asked.level ?? ''), deviceTypes: new Set(asked.devicetypes?.map((type) => type.toLowerCase())), titleIds: new Set(asked.titles?.map((titleId, index) => requireTitleId(titleId, `/titles/${index}`))) }
    const records = readXuids(users).map((xuid) => toRecord(request, xuid, filter))
    return sendJson(reply, onlineonly === true ? records.filter(({ state }) => state !== 'Offline') : records)
  })

  app.get<PathUserRoute & { Params: { moniker: string } }>(`/users/${USER_SEGMENT}/groups/:moniker`, (request, reply) => {
    requireUser(request.session)
    const { moniker } = request.params
    if (moniker.toLowerCase() !== 'people') throw invalidRequest(`The group is ${formatValue(moniker)}; expected People.`)
    const filter = readLevelFilter(request.query)
    const owner = findSeen(request, readPathXuid(request, people), services)
    const group = owner === undefined ? [] : listFollowed(request, owner, people)
    return sendJson(reply, group.map(({ xuid }) => toRecord(request, xuid, filter)))
  })

  presenceWriteRoutes(app, services)
}

const readLevelFilter = (parameters: URLSearchParams): PresenceFilter =>
  ({ level: new Query(parameters).one('level', 'a level', readLevel) ?? 'title', deviceTypes: new Set(), titleIds: new Set() })

import { Type } from '@sinclair/typebox'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { requireValid } from '../http/body.ts'
import { readVersionHeader } from '../http/contract-header.ts'
import { originOf } from '../http/origin.ts'
import { sendJson } from '../http/send.ts'
import type { Services } from '../http/services.ts'
import type { TitlePlay } from '../model/hub-title.ts'
import { requireUser, sandboxOf } from '../rules/access.ts'
import { readXuids, userList } from './body.ts'
import { type PathUserRoute, readPathXuid, USER_SEGMENT } from './path-user.ts'
import { listPeople, readPeopleGroup, type PeopleGroup } from './people-lists.ts'
import { readPersonDecorations, type PersonDecorations } from './person-decorations.ts'
import { describePresence } from './person-presence.ts'
import { toPerson, type PeopleContract, type PersonParts } from './person.ts'
import { readNamedPresence } from './presence-record.ts'
import { createRelations, type Relations } from './relations.ts'
import { findSeen, requireSeen, type SeenUser } from './seen-user.ts'

interface PeopleRoute extends PathUserRoute { Params: { user: string, group: string, decorations?: string } }

/** The body of `POST /users/{user}/people/batch`, and of social's `people/xuids`. */
export const PeopleBatchBody = Type.Object({ xuids: userList('XUIDs, in quotes or not.') }, { description: 'The name is matched in any letter case.', errorMessage: 'an object with xuids' })

/** peoplehub.xboxlive.com: lists of people, with as much of each as is asked for. */
export function peopleRoutes (app: FastifyInstance, services: Services): void {
  const list = (request: FastifyRequest<PeopleRoute>, reply: FastifyReply): FastifyReply => answer(request, reply, { group: readPeopleGroup(request.params.group), services })
  const batch = (request: FastifyRequest<PeopleRoute>, reply: FastifyReply): FastifyReply => {
    const { xuids } = requireValid(PeopleBatchBody, request.body)
    return answer(request, reply, { group: { kind: 'xuids', xuids: readXuids(xuids) }, services })
  }
  for (const end of ['', '/decoration/:decorations']) {
    app.get<PeopleRoute>(`/users/${USER_SEGMENT}/people/:group${end}`, list)
    app.post<PeopleRoute>(`/users/${USER_SEGMENT}/people/batch${end}`, batch)
  }
}

function answer (request: FastifyRequest<PeopleRoute>, reply: FastifyReply, { group, services }: { group: PeopleGroup, services: Services }): FastifyReply {
  const contract = readPeopleContract(request)
  requireUser(request.session)
  const decorations = readPersonDecorations(request.params.decorations ?? '')
  const owner = requireSeen(request, readPathXuid(request, services.store.people), services)
  const relations = createRelations(request, services)
  const users = listPeople(request, { owner, group, relations, services }).map((xuid) => findSeen(request, xuid, services)).filter((user) => user !== undefined)
  const findPlayed = preparePlayed(request, users, { titleId: decorations.titleHistory, services })
  const people = users.map((user) => toPerson(toParts(request, user, { relations, decorations, findPlayed, group, services }), contract))
  return sendJson(reply, { people, recommendationSummary: null, friendFinderState: null, accountLinkDetails: null })
}

/** The form of an answer: that of the nearest contract version below. Without one it is the oldest. */
function readPeopleContract (request: FastifyRequest): PeopleContract {
  const version = readVersionHeader(request) ?? 3
  if (version >= 7) return 7
  return version >= 5 ? 5 : 3
}

type FindPlayed = (user: SeenUser) => TitlePlay | undefined

function toParts (request: FastifyRequest, user: SeenUser, { relations, decorations, findPlayed, group, services }: {
  relations: Relations, decorations: PersonDecorations, findPlayed: FindPlayed, group: PeopleGroup, services: Services
}): PersonParts {
  const { store: { people } } = services
  const hasCounts = user.isReadable && decorations.names.has('detail')
  return {
    user,
    relation: relations.relate(user),
    presence: describePresence(readNamedPresence(request, user, services), request.now),
    decorations,
    played: user.isReadable ? findPlayed(user) : undefined,
    counts: { followerCount: hasCounts ? relations.countFollowers(user) : 0, followingCount: hasCounts ? people.countFollowing(user) : 0 },
    isRecommended: group.kind === 'recommendations',
    origin: originOf(request),
    now: request.now
  }
}

/** Makes what finds the title that the decoration `titlehistory` is about, if a user has played it. One title is read for all users at once. */
function preparePlayed ({ session }: FastifyRequest, users: readonly SeenUser[], { titleId, services: { store: { titleHub } } }: { titleId: number | null | undefined, services: Services }): FindPlayed {
  const sandbox = sandboxOf(session)
  if (titleId === undefined) return () => undefined
  if (titleId === null) return (person) => titleHub.listPlayed({ person, sandbox, limit: 1 })[0]
  const plays = titleHub.findPlays({ people: users.filter(({ isReadable }) => isReadable), sandbox, titleId })
  return ({ row }) => plays.get(row)
}

import { Type } from '@sinclair/typebox'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { requireValid } from '../http/body.ts'
import { originOf } from '../http/origin.ts'
import { sendJson } from '../http/send.ts'
import type { Services } from '../http/services.ts'
import type { HubTitle } from '../model/hub-title.ts'
import type { UserDetails } from '../model/user-details.ts'
import { requireUser, sandboxOf } from '../rules/access.ts'
import { readXuids, userList } from './body.ts'
import { readNeighbourVersion } from './contract.ts'
import { type PathUserRoute, readPathXuid, USER_SEGMENT } from './path-user.ts'
import { listPeople, readPeopleGroup, type PeopleGroup } from './people-lists.ts'
import { readPersonDecorations, type PersonDecorations } from './person-decorations.ts'
import { describePresence } from './person-presence.ts'
import { toPerson, type PeopleContract, type PersonParts } from './person.ts'
import { readNamedPresence } from './presence-record.ts'
import { findSeen, requireDetails, requireSeen, type SeenUser } from './seen-user.ts'

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
  const caller = requireUser(request.session)
  const decorations = readPersonDecorations(request.params.decorations ?? '')
  const owner = requireSeen(request, readPathXuid(request, services.store.people), services)
  const self = requireDetails(caller, services.store.people)
  const people = listPeople(request, { owner, group, services }).flatMap((xuid) => {
    const user = findSeen(request, xuid, services)
    return user === undefined ? [] : [toPerson(toParts(request, user, { self, decorations, group, services }), contract)]
  })
  return sendJson(reply, { people, recommendationSummary: null, friendFinderState: null, accountLinkDetails: null })
}

/** The form of an answer: that of the nearest contract version below. Without one it is the oldest. */
function readPeopleContract (request: FastifyRequest): PeopleContract {
  const version = readNeighbourVersion(request) ?? 3
  if (version >= 7) return 7
  return version >= 5 ? 5 : 3
}

/** @param self the caller. */
function toParts (request: FastifyRequest, user: SeenUser, { self, decorations, group, services }: {
  self: UserDetails, decorations: PersonDecorations, group: PeopleGroup, services: Services
}): PersonParts {
  const { store: { people } } = services
  const hasCounts = user.isReadable && decorations.names.has('detail')
  return {
    user,
    relation: people.relate(self, user),
    presence: describePresence(readNamedPresence(request, user, services), request.now),
    decorations,
    played: findPlayed(request, user, { titleId: decorations.titleHistory, services }),
    counts: { followerCount: hasCounts ? people.countFollowers(user) : 0, followingCount: hasCounts ? people.countFollowing(user) : 0 },
    isRecommended: group.kind === 'recommendations',
    origin: originOf(request),
    now: request.now
  }
}

/** The title that the decoration `titlehistory` is about, if the user has played it and lets the caller see that. */
function findPlayed ({ session }: FastifyRequest, user: SeenUser, { titleId, services: { store: { titleHub } } }: { titleId: number | null | undefined, services: Services }): HubTitle | undefined {
  if (titleId === undefined || !user.isReadable) return undefined
  const sandbox = sandboxOf(session)
  const [title] = titleId === null ? titleHub.listPlayed({ person: user, sandbox, limit: 1 }) : titleHub.find({ person: user, sandbox, titleIds: [titleId] })
  return title
}

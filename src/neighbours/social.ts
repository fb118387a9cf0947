import type { FastifyInstance, FastifyRequest } from 'fastify'
import { readUnsigned32 } from '../base/integers.ts'
import { requireValid } from '../http/body.ts'
import { readVersionHeader } from '../http/contract-header.ts'
import { Query, wordParser } from '../http/query.ts'
import { sendJson } from '../http/send.ts'
import type { Services } from '../http/services.ts'
import { requireUser } from '../rules/access.ts'
import { readXuids } from './body.ts'
import { type PathUserRoute, readPathXuid, USER_SEGMENT } from './path-user.ts'
import { PeopleBatchBody } from './people.ts'
import { listFollowed, MOST_PEOPLE } from './people-lists.ts'
import { createRelations, type Relations } from './relations.ts'
import { requireSeen, type SeenUser } from './seen-user.ts'

/** Which of the people whom a user has added. Nobody is a friend of Xbox 360's friends list alone. [people] */
const PEOPLE_VIEWS = ['All', 'Favorite', 'Friends', 'LegacyXboxLiveFriends'] as const
type PeopleView = typeof PEOPLE_VIEWS[number]

/** social.xboxlive.com: who has added whom. */
export function socialRoutes (app: FastifyInstance, services: Services): void {
  const { store: { people } } = services

  app.get<PathUserRoute>(`/users/${USER_SEGMENT}/people`, (request, reply) => {
    const isNew = readsFriends(request)
    const query = readPeopleQuery(request.query)
    const { owner, relations, isOwn } = readOwner(request, services)
    // Only the owner learns who is a favourite, and asks for some alone.
    const all = listAdded(request, { owner, relations, isOwn, services }).filter(IN_VIEW[isOwn ? query.view : 'All'])
    return sendJson(reply, { people: all.slice(query.startIndex, query.startIndex + query.maxItems).map((person) => toSocialPerson(person, isNew)), totalCount: all.length })
  })

  app.post<PathUserRoute>(`/users/${USER_SEGMENT}/people/xuids`, (request, reply) => {
    const isNew = readsFriends(request)
    const asked = readXuids(requireValid(PeopleBatchBody, request.body).xuids)
    const { owner, relations, isOwn } = readOwner(request, services)
    const added = new Map(listAdded(request, { owner, relations, isOwn, services }).map((person) => [person.xuid, person]))
    const found = asked.map((xuid) => added.get(xuid)).filter((person) => person !== undefined)
    return sendJson(reply, { people: found.map((person) => toSocialPerson(person, isNew)), totalCount: found.length })
  })

  app.get<PathUserRoute>(`/users/${USER_SEGMENT}/summary`, (request, reply) => {
    const { owner, relations, isOwn } = readOwner(request, services)
    const { isFollowing, isFollowedBy, isFavorite } = relations.relate(owner)
    const targetFollowingCount = owner.isReadable ? people.countFollowing(owner) : 0
    return sendJson(reply, {
      targetFollowingCount,
      targetFollowerCount: owner.isReadable ? relations.countFollowers(owner) : 0,
      isCallerFollowingTarget: isFollowing,
      isTargetFollowingCaller: isFollowedBy,
      hasCallerMarkedTargetAsFavorite: isFavorite,
      hasCallerMarkedTargetAsIdentityShared: isFollowing,
      hasCallerMarkedTargetAsKnown: isFollowing,
      legacyFriendStatus: 'None',
      ...isOwn && { availablePeopleSlots: Math.max(0, MOST_PEOPLE - targetFollowingCount), recentChangeCount: 0, watermark: '0' }
    })
  })
}

interface AddedPerson { readonly xuid: string, readonly isFavorite: boolean, readonly isFollowingCaller: boolean, readonly isFriend: boolean }

const IN_VIEW: Readonly<Record<PeopleView, (person: AddedPerson) => boolean>> = {
  All: () => true,
  Favorite: ({ isFavorite }) => isFavorite,
  Friends: ({ isFriend }) => isFriend,
  LegacyXboxLiveFriends: () => false
}

const parsePeopleView = wordParser(PEOPLE_VIEWS)

/** @throws 400 for a number that is none. An unknown view is all of them. */
function readPeopleQuery (parameters: URLSearchParams): { view: PeopleView, startIndex: number, maxItems: number } {
  const query = new Query(parameters)
  const readCount = (name: string): number | undefined => query.one(name, 'an unsigned 32-bit integer', readUnsigned32)
  return {
    view: query.one('view', 'a view', (text) => parsePeopleView(text) ?? 'All') ?? 'All',
    startIndex: readCount('startIndex') ?? 0,
    maxItems: Math.min(readCount('maxItems') ?? MOST_PEOPLE, MOST_PEOPLE)
  }
}

const readsFriends = (request: FastifyRequest): boolean => (readVersionHeader(request) ?? 1) >= 3

/** The user in the path, and what the caller may know of who has added whom. */
function readOwner (request: FastifyRequest<PathUserRoute>, services: Services): { owner: SeenUser, relations: Relations, isOwn: boolean } {
  const caller = requireUser(request.session)
  const owner = requireSeen(request, readPathXuid(request, services.store.people), services)
  return { owner, relations: createRelations(request, services), isOwn: owner.xuid === caller }
}

/** Whom a user has added, for who may see it. */
function listAdded (request: FastifyRequest, { owner, relations, isOwn, services: { store: { people } } }: { owner: SeenUser, relations: Relations, isOwn: boolean, services: Services }): AddedPerson[] {
  return listFollowed(request, owner, people).map((person) => {
    const { isFollowing, isFollowedBy, isFavorite } = relations.relate(person)
    return { xuid: person.xuid, isFavorite: isOwn && isFavorite, isFollowingCaller: isFollowedBy, isFriend: isFollowing && isFollowedBy }
  })
}

const toSocialPerson = ({ isFriend, ...person }: AddedPerson, isNew: boolean): object => ({ ...person, ...isNew && { isFriend } })
